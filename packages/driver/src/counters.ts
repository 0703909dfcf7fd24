/** What a query changed. */
import type { bolt } from "@fulgur/neo4j-codec";

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
] as const;

/** The counters of changes to the graph and its schema, by name. */
export type Updates = Readonly<{ [Name in (typeof names)[number]]: number | bigint }>;

/** How much of what a query changed; what it didn't change is 0. (SUM-14 to SUM-16) */
export interface Counters extends Updates {
  readonly systemUpdates: number | bigint;
  /** Whether the graph or its schema changed: as the server says, else by the counters. */
  readonly containsUpdates: boolean;
  /** Whether the system database changed. */
  readonly containsSystemUpdates: boolean;
  /** The eleven counters without the system's, as one plain object. */
  updates(): { -readonly [Name in keyof Updates]: Updates[Name] };
}

/** The counters of what changed nothing, as most queries: the same for all of them. */
const nothing = /* @__PURE__ */ countersOfStats({});

export function countersOf(stats: bolt.Stats | undefined): Counters {
  return stats === undefined ? nothing : countersOfStats(stats);
}

function countersOfStats(stats: Partial<bolt.Stats>): Counters {
  const counts = Object.fromEntries(names.map((name) => [name, stats[name] ?? 0])) as Updates;
  const systemUpdates = stats.systemUpdates ?? 0;
  const counters = Object.create({ updates: () => ({ ...counts }) });
  return Object.freeze(
    Object.assign(counters, counts, {
      systemUpdates,
      containsUpdates: stats.containsUpdates ?? names.some((name) => counts[name] > 0),
      containsSystemUpdates: stats.containsSystemUpdates ?? systemUpdates > 0,
    }),
  );
}
