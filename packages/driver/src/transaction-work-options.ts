/** What a transaction is told when it is made: what it lives on, and whom it tells what became of it. */
import type { CallSite } from "@fulgur/neo4j-core";
import type { ProvidedConnection } from "@fulgur/neo4j-pool";
import type { Call, CallLimits } from "./call.ts";
import type { ResultOrigin } from "./result-reader.ts";
import type { EndTrace } from "./transaction-trace.ts";

export interface TransactionWorkOptions {
  readonly provided: ProvidedConnection;
  /** Sends BEGIN. Called in front of the first query, so that both leave in one write, or by `begun`. */
  readonly begin: () => Promise<void>;
  readonly fetchSize: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** One call of the user's in it. */
  readonly call: (name: string, limits: CallLimits, site: CallSite) => Call;
  /** Whether `work` was done while a silent server is worth waiting for. */
  readonly isDoneInTime: (work: Promise<void>) => Promise<boolean>;
  /** Where its queries are asked for, if that isn't where they are run. */
  readonly site?: CallSite | undefined;
  /** Where it was asked for: a managed one is committed there, too. */
  readonly begunAt?: CallSite | undefined;
  /** Told the bookmark of a COMMIT. */
  readonly committed: (bookmark: string | undefined) => void | Promise<void>;
  readonly warnings: ResultOrigin["warnings"];
  /** Tells tracers how it ended. */
  readonly endTrace?: EndTrace | undefined;
  /** Called once, when the transaction has ended and the connection is back; if it is interrupted, with the promise of that. */
  readonly ended: (release?: Promise<void>) => void;
}
