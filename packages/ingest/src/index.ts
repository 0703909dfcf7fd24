/**
 * `@fulgur/neo4j-ingest`: writes many rows into Neo4j, in batches, from anything that can be iterated.
 *
 * @example
 * ```ts
 * await ingest(db, { nodes: { labels: "Person", key: "id" }, source: readRows(), onProgress: ({ rows }) => bar.update(rows) });
 * ```
 *
 * @packageDocumentation
 */
export type { Source } from "./batches.ts";
export type { IngestCounters } from "./counters.ts";
export { type IngestResult, ingest } from "./ingest.ts";
export { IngestError } from "./ingest-error.ts";
export type { IngestOptions, NodeTarget, RelationshipEnd, RelationshipTarget } from "./options.ts";
export type { IngestProgress } from "./progress.ts";
