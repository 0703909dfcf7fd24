import type { ClientCertificateProvider } from "../client-certificate.ts";
import type { CertificateSource } from "../trust.ts";
import type { ServerAddress } from "../uri.ts";

/** A byte stream to a server, both ways, already open and encrypted where that was asked for. */
export interface Transport {
  /** The other addresses of the host that weren't tried, where its name has several: another server may be there. */
  readonly untried?: readonly string[] | undefined;
  /** Who is told what arrives. Set it before anything can arrive, that is in the turn in which the transport was given. */
  listener: TransportListener;
  /**
   * Sends bytes, all in one write where the platform can.
   *
   * @returns false when more waits to be sent than is sensible; `listener.drained` tells when that is over.
   */
  write(chunks: readonly Uint8Array[]): boolean;
  /** Stops reading: the server is slowed down by the network's own flow control. */
  pause(): void;
  /** Reads on. */
  resume(): void;
  /** Sends what was written, then closes. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
  /**
   * Whether the process has to stay alive for this stream: it does while an answer is awaited. A process whose
   * connections are all idle may end, also when nobody closed them. A stream that can't tell leaves this out.
   */
  hold?(isNeeded: boolean): void;
  /** Calls `listener.silent` when nothing was sent or received for so long, in ms; 0 ends that. */
  watchSilence(ms: number): void;
}

/** Whom a {@link Transport} tells what happens. */
export interface TransportListener {
  /** Bytes arrived. They are only valid during the call. */
  received(bytes: Uint8Array): void;
  /** It is closed; called once and last. `error` is absent when either side closed it in order. */
  closed(error?: Error): void;
  drained?(): void;
  /**
   * What was written is gone, and may be written over. Not told of what is small, nor by streams that can't know; and never after a
   * write has failed.
   */
  sent?(chunks: readonly Uint8Array[]): void;
  silent?(): void;
}

/** How to encrypt. */
export interface TlsSettings {
  /** Accept any certificate. */
  readonly trustAll: boolean;
  /** Authorities instead of the system's. */
  readonly authorities?: readonly CertificateSource[] | undefined;
  /** The name in the certificate: what the server is called where it is looked for, also when that gave an IP address. (CONN-36) */
  readonly serverName: string;
  /** Who this client is, if the server asks. */
  readonly clientCertificate?: ClientCertificateProvider | undefined;
  /** Options of the platform's own in place of these. */
  readonly options?: object | undefined;
}

/** What to open. */
export interface TransportTarget extends ServerAddress {
  /** The host's addresses to try. Default: all that DNS gives. */
  readonly addresses?: readonly string[] | undefined;
  /** Absent: no encryption. */
  readonly tls?: TlsSettings | undefined;
  /** Whether TCP asks an idle peer whether it is still there. Default `true`. (DRV-21) */
  readonly keepAlive?: boolean | undefined;
  /** After how many ms the stream is closed when what was written last still waits to be sent; 0 or absent: never. (DRV-36) */
  readonly writeTimeout?: number | undefined;
  /** Gives the byte stream in the place of TCP; TLS goes over it. */
  readonly connect?: StreamConnector | undefined;
  /** Gives up opening; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Where a {@link StreamConnector} is to lead. */
export interface StreamTarget extends ServerAddress {
  /** Aborted when nobody waits for the stream any more: what comes then is closed. */
  readonly signal: AbortSignal;
}

/** A stream of bytes both ways, connected: a `Duplex` of Node's, such as a socket or a tunnel's channel. */
export interface ByteStream {
  // biome-ignore lint/suspicious/noExplicitAny: as platforms declare it
  on(event: string, listener: (...args: any[]) => void): unknown;
  write(bytes: Uint8Array): boolean;
  end(): unknown;
  destroy(error?: Error): unknown;
  pause(): unknown;
  resume(): unknown;
}

/**
 * Opens the byte stream to a server: by a proxy, a tunnel, a Unix socket. It is given host and port as they are known, before DNS.
 *
 * @throws what it throws is the `cause` of a ServiceUnavailable
 */
export type StreamConnector = (target: StreamTarget) => ByteStream | PromiseLike<ByteStream>;

/**
 * Opens a byte stream.
 *
 * @throws ServiceUnavailable (as a rejection) when it can't be opened, with the platform's error as `cause`;
 * CertificateConfigurationError for certificates and keys that can't be read.
 */
export type OpenTransport = (target: TransportTarget) => Promise<Transport>;
