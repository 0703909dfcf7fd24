/** How a query would run, or ran: a tree of operators. */
import type { bolt } from "@fulgur/neo4j-codec";

/** One operator of a query's plan, and those that feed it. (SUM-07) */
export interface Plan {
  /** The operator, such as `ProduceResults@neo4j`. */
  readonly operatorType: string;
  /** The variables that it passes on. */
  readonly identifiers: readonly string[];
  /** What it works with; at the root also the planner, the runtime and their versions. */
  readonly arguments: Readonly<{ [key: string]: unknown }>;
  readonly children: readonly Plan[];
}

/** One operator of a query that ran, and what it cost; figures that the runtime doesn't measure are `undefined`. (SUM-08) */
export interface ProfiledPlan extends Plan {
  readonly children: readonly ProfiledPlan[];
  /** How often it asked the storage for something. */
  readonly dbHits: number | bigint | undefined;
  /** How many rows it passed on. */
  readonly rows: number | bigint | undefined;
  readonly pageCacheHits: number | bigint | undefined;
  readonly pageCacheMisses: number | bigint | undefined;
  /** The hits' share of hits and misses, from 0 to 1. */
  readonly pageCacheHitRatio: number | undefined;
  /** In nanoseconds. */
  readonly time: number | bigint | undefined;
}

export function planOf(plan: bolt.Plan | undefined): Plan | undefined {
  if (plan === undefined) return undefined;
  return Object.freeze({ ...operatorOf(plan), children: childrenOf(plan.children, planOf) });
}

export function profileOf(profile: bolt.Profile | undefined): ProfiledPlan | undefined {
  if (profile === undefined) return undefined;
  const { dbHits, rows, pageCacheHits, pageCacheMisses, pageCacheHitRatio, time } = profile;
  return Object.freeze({
    ...operatorOf(profile),
    dbHits,
    rows,
    pageCacheHits,
    pageCacheMisses,
    pageCacheHitRatio,
    time,
    children: childrenOf(profile.children, profileOf),
  });
}

function operatorOf({ operatorType, identifiers, args }: bolt.Plan | bolt.Profile): Omit<Plan, "children"> {
  return {
    operatorType,
    identifiers: Object.freeze([...(identifiers ?? [])]),
    arguments: Object.freeze({ ...args }),
  };
}

function childrenOf<From, To>(children: readonly From[] | undefined, made: (child: From) => To | undefined) {
  return Object.freeze((children ?? []).map(made)) as readonly To[];
}
