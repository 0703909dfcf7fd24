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

/** A class of fixed fields, and not objects put together: one is made for each query that writes. */
class QueryCounters implements Counters {
  readonly nodesCreated: number | bigint;
  readonly nodesDeleted: number | bigint;
  readonly relationshipsCreated: number | bigint;
  readonly relationshipsDeleted: number | bigint;
  readonly propertiesSet: number | bigint;
  readonly labelsAdded: number | bigint;
  readonly labelsRemoved: number | bigint;
  readonly indexesAdded: number | bigint;
  readonly indexesRemoved: number | bigint;
  readonly constraintsAdded: number | bigint;
  readonly constraintsRemoved: number | bigint;
  readonly systemUpdates: number | bigint;
  readonly containsUpdates: boolean;
  readonly containsSystemUpdates: boolean;

  constructor(stats: Partial<bolt.Stats>) {
    this.nodesCreated = stats.nodesCreated ?? 0;
    this.nodesDeleted = stats.nodesDeleted ?? 0;
    this.relationshipsCreated = stats.relationshipsCreated ?? 0;
    this.relationshipsDeleted = stats.relationshipsDeleted ?? 0;
    this.propertiesSet = stats.propertiesSet ?? 0;
    this.labelsAdded = stats.labelsAdded ?? 0;
    this.labelsRemoved = stats.labelsRemoved ?? 0;
    this.indexesAdded = stats.indexesAdded ?? 0;
    this.indexesRemoved = stats.indexesRemoved ?? 0;
    this.constraintsAdded = stats.constraintsAdded ?? 0;
    this.constraintsRemoved = stats.constraintsRemoved ?? 0;
    this.systemUpdates = stats.systemUpdates ?? 0;
    this.containsUpdates = stats.containsUpdates ?? names.some((name) => this[name] > 0);
    this.containsSystemUpdates = stats.containsSystemUpdates ?? this.systemUpdates > 0;
    Object.freeze(this);
  }

  updates(): { -readonly [Name in keyof Updates]: Updates[Name] } {
    const { systemUpdates, containsUpdates, containsSystemUpdates, ...counts } = this;
    return counts;
  }
}

/** The counters of what changed nothing, as most queries: the same for all of them. */
const nothing: Counters = /* @__PURE__ */ new QueryCounters({});

export function countersOf(stats: bolt.Stats | undefined): Counters {
  return stats === undefined ? nothing : new QueryCounters(stats);
}
