import type { BoltVersion, TemporalMode } from "@fulgur/neo4j-codec";
import type { ClientCertificate, ClientCertificateProvider } from "../client-certificate.ts";
import type { Clock } from "../clock.ts";
import type { TlsOptions } from "../encryption.ts";
import type { CallSite } from "../errors/call-site.ts";
import type { Logging } from "../logging/logging.ts";
import type { LoggingOption } from "../logging/sinks.ts";
import type { NotificationFilter } from "../notification-filter.ts";
import type { OpenTransport, StreamConnector } from "../transport/transport.ts";
import type { TrustedCertificates } from "../trust.ts";
import type { ResultMetadata } from "./result-stream.ts";

/** Told of a result that has ended: the server's metadata, the query, and where it was asked for. */
export type OnSummary = (metadata: ResultMetadata, query: string, site: CallSite | undefined) => void;

/** Options of {@link connect}. Durations are milliseconds. */
export interface ConnectOptions {
  /** Names the application to the server, in the form `Name/Version`. Default: this package's own name. */
  readonly userAgent?: string;
  /** How long DNS, TCP and TLS may take together, in ms. 0: no limit. Default 30000. (DRV-19) */
  readonly connectionTimeout?: number;
  /** How long handshake, HELLO and LOGON may take together once the server is connected to, in ms. 0: no limit. Default 30000. (CONN-42) */
  readonly loginTimeout?: number;
  /** Whether TCP asks an idle peer whether it is still there. Default `true`. */
  readonly keepAlive?: boolean;
  /** How long the network may take nothing of what is to be sent, in ms, until the connection is given up. 0: no limit. Default 30000. */
  readonly connectionWriteTimeout?: number;
  /** Whether to encrypt. Only with the schemes `bolt` and `neo4j`; the others say it themselves. Default `false`. (TLS-01) */
  readonly encrypted?: boolean;
  /**
   * Who must have signed the server's certificate, with `encrypted`: authorities, or npm's name for any. Default: one of the system's
   * authorities. (TLS-02)
   */
  readonly trustedCertificates?: TrustedCertificates;
  /** Who this client is, for servers that ask for a certificate, or who provides it. Without effect unless encrypted. (TLS-07) */
  readonly clientCertificate?: ClientCertificate | ClientCertificateProvider;
  /**
   * Options of Node's `tls.connect`, or a SecureContext: encrypts, in place of the options above, and at your own risk. Only with the
   * schemes `bolt` and `neo4j`. (TLS-06)
   */
  readonly tls?: TlsOptions;
  /** The name that the server's certificate must carry. Default: the URI's host. (CONN-36) */
  readonly serverName?: string;
  /**
   * What to tell the server about routing. Default: for `neo4j` schemes the URI's address and query string, for `bolt`
   * schemes nothing (the server then doesn't route on its side).
   */
  readonly routingContext?: Readonly<Record<string, string>>;
  /** Which notifications the server should send. Needs Bolt 5.2. */
  readonly notificationFilter?: NotificationFilter;
  /** The codec's engine. Default `"auto"`. */
  readonly engine?: "auto" | "wasm" | "plain";
  /** What Cypher's integers become: see the codec. Default `"auto"`. */
  readonly integers?: "auto" | "bigint" | "number";
  /** What Cypher's temporal values become: see the codec. Default `"native"`. */
  readonly temporal?: TemporalMode;
  /** What lists of nothing but floats become: arrays, or Float64Arrays with `"typed"`. Default `"array"`. */
  readonly floatLists?: "array" | "typed";
  /** Whether JavaScript may be generated for rows of one shape. Default: where the runtime allows it. */
  readonly codeGeneration?: boolean;
  /** Whether each string is of its own, not a part of a longer text: see the codec. Default `false`. */
  readonly detachStrings?: boolean;
  /** How many records a PULL asks for; -1 for all at once. Default 1000. */
  readonly fetchSize?: number;
  /** Never send TELEMETRY, even to a server that asks for it. Default `false`. */
  readonly telemetryDisabled?: boolean;
  /** Where in the user's program the connection is asked for, for the stack of errors. Default: where `connect` is called. */
  readonly site?: CallSite | undefined;
  /** Gives up opening. The promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** The clock for `connectionTimeout`, `loginTimeout` and the server's receive time-out. Default: the transport's own time. */
  readonly clock?: Clock;
  /** The versions that may be negotiated. Default: all. For tests, and for servers that misbehave. */
  readonly boltVersions?: readonly BoltVersion[];
  /** The changes to old versions to ask for in HELLO. Default: all that the spec knows, such as `"utc"` at Bolt 4.4. */
  readonly patches?: readonly string[];
  /** Who hears what happens, and how much of it; or the loggers of a driver. Default: nobody. (LOG-02) */
  readonly logging?: LoggingOption | Logging;
  /** Gives the byte stream to a server in the place of TCP: a proxy's, a tunnel's. TLS goes over it where it is asked for. */
  readonly connect?: StreamConnector;
  /** How to open the byte stream, TLS included. Default: TCP or TLS. */
  readonly openTransport?: OpenTransport;
  /** Called whenever a result has ended, with what the server says about it: its remarks, for example. */
  readonly onSummary?: OnSummary;
  /** Called once when the connection is closed; with an error unless this side closed it. */
  readonly onClose?: (error?: Error) => void;
}
