/** What to write, where from and how; checked before a row is read. */
import { ConfigurationError } from "@fulgur/neo4j-driver";
import type { Source } from "./batches.ts";
import type { IngestProgress } from "./progress.ts";

/** Each row becomes a node. */
export interface NodeTarget {
  readonly labels: string | readonly string[];
  /**
   * The properties that tell which node a row is: it is merged by them, so that writing twice changes nothing. It needs a
   * constraint or an index on them to be fast. Absent: each row creates a node.
   */
  readonly key?: string | readonly string[] | undefined;
}

/** One end of a relationship: the node with this label whose property `key` is what the row's field says. */
export interface RelationshipEnd {
  readonly label: string;
  readonly key: string;
  /** The row's field. Default: "from" or "to". */
  readonly field?: string | undefined;
}

/** Each row becomes a relationship between two nodes that exist; its other fields become properties. */
export interface RelationshipTarget {
  readonly type: string;
  readonly from: RelationshipEnd;
  readonly to: RelationshipEnd;
  /** The properties that, with both ends, tell which relationship a row is: it is merged by them. Absent: it is created. */
  readonly key?: string | readonly string[] | undefined;
}

export interface IngestOptions<Row> {
  /** Cypher for a batch, which is in `$rows`; or for one row, which is in `row`, if it doesn't mention `$rows`. */
  readonly query?: string | undefined;
  /** Writes nodes. */
  readonly nodes?: NodeTarget | undefined;
  /** Writes relationships. */
  readonly relationships?: RelationshipTarget | undefined;
  /** The rows. */
  readonly source: Source<Row>;
  /** Rows per transaction. Default 5000. */
  readonly batchSize?: number | undefined;
  /** Called after each batch; the next one waits for it. What it throws ends the ingestion. */
  readonly onProgress?: ((progress: IngestProgress) => void | Promise<void>) | undefined;
  /** The database; absent: the user's home database. */
  readonly database?: string | undefined;
  /** Cancels; what is committed stays. */
  readonly signal?: AbortSignal | undefined;
}

const keys = ["query", "nodes", "relationships", "source", "batchSize", "onProgress", "database", "signal"];

/** @throws ConfigurationError naming the option that is unknown, missing or wrong */
export function checkIngestOptions<Row>(options: IngestOptions<Row>) {
  for (const key of Object.keys(options)) {
    if (!keys.includes(key)) refuse(key, `there is no such option; the options are ${keys.join(", ")}`);
  }
  const { query, nodes, relationships, source, batchSize = 5_000, onProgress, database, signal } = options;
  const targets = [query, nodes, relationships].filter((target) => target !== undefined && target !== null);
  if (targets.length !== 1) refuse("query", "exactly one of query, nodes and relationships says what to write");
  if (query !== undefined && (typeof query !== "string" || query.trim() === ""))
    refuse("query", "it must be Cypher text");
  const isIterable = typeof source === "object" && source !== null;
  if (!isIterable || !(Symbol.iterator in source || Symbol.asyncIterator in source)) {
    refuse("source", "it must be an iterable or async iterable of rows");
  }
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) refuse("batchSize", "it must be a whole number from 1");
  if (onProgress !== undefined && typeof onProgress !== "function") refuse("onProgress", "it must be a function");
  return { batchSize, onProgress, database, signal };
}

export function refuse(option: string, why: string): never {
  throw new ConfigurationError(`The option \`${option}\` of ingest can't be used: ${why}.`, { option });
}
