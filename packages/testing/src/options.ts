import type { CertificateAuthority } from "./certificate.ts";
import type { Neo4jVersion } from "./releases.ts";

/** How `startNeo4j` starts a server. Every option may be left out. */
export interface StartOptions {
  /** Which Neo4j. Default `"auto"`: 2026.09 where a JDK of version 21 or newer is found, else 5.26 on a JDK of 17 or newer. */
  readonly version?: Neo4jVersion | "auto";
  /** The newest Bolt version that the server may speak, such as `"5.4"`. Default: the newest that it knows. */
  readonly boltVersion?: string;
  /** Encrypts the Bolt port with a fresh certificate; its authority is the result's `certificate`. Default: false. */
  readonly tls?: boolean | TlsOptions;
  /** False: anyone may log in. True (the default): user `neo4j` with a random password, or the one given. */
  readonly auth?: boolean | { readonly password: string };
  /** More Neo4j settings, by their full names. An unknown name stops the start, and the error says so. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Gets each step of the preparation and each line that the server prints. */
  readonly log?: (line: string) => void;
  /**
   * How long the server may take to be ready, in milliseconds; fetching and compiling before the first start don't count.
   * Default: 120 000.
   */
  readonly startTimeout?: number;
  /** Tuned for a fast start, a fast stop and little memory (the default). False: Java's and Neo4j's own defaults. */
  readonly fast?: boolean;
  /** `"fast"` (the default) stops at the first compiler tier: a faster start, slower big queries. `"full"`: for benchmarks. */
  readonly jit?: "fast" | "full";
  /** The server's largest heap, as Java's -Xmx takes it. Default: `"1g"`. */
  readonly heap?: string;
  /** The environment to look into for JAVA_HOME, PATH and FULGUR_CACHE. Default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The TLS side of a server. */
export interface TlsOptions {
  /** The names and addresses that the certificate is for. Default: `localhost`, `127.0.0.1`, `::1`. */
  readonly hosts?: readonly string[];
  /** Plain connections stay possible too. Default: false. */
  readonly optional?: boolean;
  /** Signs with this authority, so that several servers can be trusted at once. Default: a new one. */
  readonly authority?: CertificateAuthority;
  /** The certificate's dates, to make one that is expired or not valid yet. */
  readonly validFrom?: Date;
  /** See `validFrom`. */
  readonly validTo?: Date;
}

/** A running Neo4j on loopback. It ends by `stop()`, by `await using`, or with this process, however that ends. */
export interface Neo4j extends AsyncDisposable {
  /** `bolt://127.0.0.1:port`, without a word on encryption: with `tls` connect by `encrypted` and `trustedCertificates`. */
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** `neo4j`; also when auth is off. */
  readonly username: string;
  /** Random, or the one asked for; empty when auth is off. */
  readonly password: string;
  /** The full version of the server, such as `2026.09.0`. */
  readonly version: string;
  /** The newest Bolt version that it speaks, the cap counted in. */
  readonly boltVersion: string;
  /** The server's process; another one after a restart. */
  readonly pid: number;
  /** Its temporary home; gone after the stop. */
  readonly home: string;
  /** With TLS: the certificate to trust, PEM text. */
  readonly certificate?: string;
  /** With TLS: the same as a file in the home. */
  readonly certificateFile?: string;
  /**
   * Ends the server and starts it again with the same data, settings and password at the same port; clients lose their connections.
   *
   * @param options `crash: true` kills it instead of asking it to stop: what it had not yet committed is gone.
   * @throws Neo4jStartError
   */
  restart(options?: { readonly crash?: boolean }): Promise<void>;
  /** Ends the server and deletes its home. May be called again: the same promise. */
  stop(): Promise<void>;
}
