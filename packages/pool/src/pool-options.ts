/** What a pool is made with, and what may be asked of it. */
import type { AuthToken, CallSite, Logging } from "@fulgur/neo4j-core";
import type { Clock } from "./clock.ts";
import type { Deadline } from "./deadline.ts";
import type { Poolable } from "./shelf.ts";

export interface OpenOptions {
  /** Aborted when nobody waits for the connection any more. */
  readonly signal: AbortSignal;
  /** To be called once when the connection ends, whoever ended it. */
  readonly onClose: () => void;
  /** Where in the user's program it is asked for. */
  readonly site?: CallSite | undefined;
  /** Whose it is to be; absent: the driver's own user's. */
  readonly auth?: AuthToken | undefined;
}

/** What a connection is picked up for, as far as it matters to whom it is logged in as. */
export interface LoginRequest {
  /** Who is to be logged in; absent: the driver's own user. */
  readonly auth?: AuthToken | undefined;
  /** Whether the server's word is to be waited for; "login": also whether it still lets in whoever is logged in already. */
  readonly check?: boolean | "login" | undefined;
  /** Aborted when nobody waits any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Takes care of whom connections are logged in as. */
export interface PoolLogins<C> {
  /**
   * Makes an idle connection its borrower's. False: it can't become that, and another one has to take its place.
   *
   * @throws what the borrower is to be told; the connection stays
   */
  prepare(connection: C, request: LoginRequest): boolean | Promise<boolean>;
  /** Whether it is over for a connection, whoever wants it. */
  hasEnded(connection: C): boolean;
  /** Hears of an error that a connection's work met. What it gives is waited for before the borrower goes on. */
  failed(connection: C, error: unknown): Promise<void> | undefined;
}

export interface PoolOptions<C extends Poolable> {
  readonly connect: (address: string, options: OpenOptions) => Promise<C>;
  /** Most connections per address, opening ones included. Default 100; Infinity: no limit. (DRV-24) */
  readonly maxConnectionPoolSize?: number | undefined;
  /** Longest way from the call to a usable connection, in milliseconds. Default 60,000. (DRV-18) */
  readonly connectionAcquisitionTimeout?: number | undefined;
  /** A connection older than this, in milliseconds, isn't used again. Default one hour. (DRV-22) */
  readonly maxConnectionLifetime?: number | undefined;
  /** A connection idle for longer than this, in milliseconds, is tested first. Default: never; 0: always. (DRV-23) */
  readonly connectionLivenessCheckTimeout?: number | undefined;
  readonly clock: Clock;
  /** Default: nobody; connections stay whose they were opened for. */
  readonly logins?: PoolLogins<C> | undefined;
  /** Whose loggers take lines. Default: those that listen to every driver. */
  readonly logging?: Logging | undefined;
}

export interface AcquireOptions {
  /** Where the time-out isn't counted from this call. */
  readonly deadline?: Deadline | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Who is to be logged in; absent: the driver's own user. */
  readonly auth?: AuthToken | undefined;
  /** Tests an idle connection whatever `connectionLivenessCheckTimeout` says; "login": its login, too. */
  readonly check?: boolean | "login" | undefined;
  /** Where in the user's program the connection is wanted, for whoever waits for it meanwhile. */
  readonly site?: CallSite | undefined;
}
