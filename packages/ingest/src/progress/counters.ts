/** What several queries changed together. */
import type { Updates } from "@fulgur/neo4j-driver";
import { addExact } from "@fulgur/neo4j-types";

export type IngestCounters = Updates;

const names = [
  "nodesCreated",
  "nodesDeleted",
  "relationshipsCreated",
  "relationshipsDeleted",
  "propertiesSet",
  "labelsAdded",
  "labelsRemoved",
  "indexesAdded",
  "indexesRemoved",
  "constraintsAdded",
  "constraintsRemoved",
] as const satisfies readonly (keyof Updates)[];

export const noCounters = Object.freeze(Object.fromEntries(names.map((name) => [name, 0]))) as IngestCounters;

export function sumCounters(a: IngestCounters, b: IngestCounters): IngestCounters {
  const sum: { -readonly [Name in keyof IngestCounters]: IngestCounters[Name] } = { ...a };
  for (const name of names) sum[name] = addExact(a[name], b[name]);
  return sum;
}
