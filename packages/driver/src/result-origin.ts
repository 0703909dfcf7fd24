/** Where a result comes from, and what may end it: what sessions and transactions agree on with the reader of a result. */
import {
  type RecordBatch,
  ResultError,
  ResultFailedError,
  type ResultMetadata,
  type ResultStream,
} from "@fulgur/neo4j-core";
import type { Parameters } from "./parameters.ts";
import type { ServerInfo } from "./summary.ts";
import type { Warnings } from "./warnings/warnings.ts";

/** A query that the server has accepted. */
export interface RunningQuery {
  readonly stream: ResultStream;
  readonly keys: readonly string[];
  readonly server: ServerInfo;
  /** Resolves when the stream has ended and its owner has drawn the consequences: connection back, bookmark noted. */
  readonly settled: Promise<ResultMetadata>;
}

/** What a session or a transaction gives a result to live on. */
export interface ResultOrigin {
  readonly query: { readonly text: string; readonly parameters: Parameters };
  readonly running: Promise<RunningQuery>;
  /** The failure that an error of this result belongs to; a transaction has one for all of its results. */
  readonly failureOf?: (error: unknown) => Failure;
  /** Told of a `single()` that met several records. */
  readonly warnings: Pick<Warnings, "single">;
}

/** What ended a result, and whether somebody has heard of it. */
export interface Failure {
  readonly error: unknown;
  told: boolean;
}

/** Why a result may no longer be read, though it didn't fail. */
export type Closing = "consumed" | "awaited" | "out of scope" | "session closed";

/** The same in words. */
export const whyClosed: { readonly [Why in Closing]: string } = {
  consumed: "The result was consumed: its records are gone. Read them before consume().",
  awaited: "The result was awaited: its records are in what awaiting it gave.",
  "out of scope": "The result went out of scope when its transaction ended. Read what you need of it before.",
  "session closed": "The result went out of scope when its session was closed. Read its records before.",
};

/** The failure itself at first, afterwards an error that says that it has been told. (RES-25) */
export function tell(failure: Failure, result: object): unknown {
  const { error: cause, told } = failure;
  failure.told = true;
  if (!told) return cause;
  return new ResultFailedError("The result failed, or its transaction did; the cause says why.", { cause, result });
}

/** Why it has no whole graph, if it has none: so many records were read, and are not kept. */
export function incompleteGraph(read: number, result: object): ResultError | undefined {
  if (read === 0) return undefined;
  const what = `${read} records have been read and are not kept`;
  return new ResultError(
    `The graph would be incomplete: ${what}. Ask for the graph first; the records can be read after it.`,
    { result },
  );
}

/** A failure is told when its owner has drawn the consequences: whoever hears of it finds the connection back in the pool. */
export async function nextBatch({ stream, settled }: RunningQuery): Promise<RecordBatch | undefined> {
  try {
    return await stream.next();
  } catch (error) {
    await settled;
    throw error;
  }
}
