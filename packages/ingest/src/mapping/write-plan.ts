/** What is done with each batch: the Cypher, and what has to be known of it. */

import type { Keyed } from "../constraints/keys.ts";
import type { CheckedTarget } from "../options/check-targets.ts";
import { nodePlan } from "./node-plan.ts";
import { relationshipPlan } from "./relationship-plan.ts";

export interface WritePlan {
  /** Takes the batch as `$rows`. */
  readonly text: string;
  /** The only fields of a row that it reads; `undefined`: all of them, or nobody knows. */
  readonly fields: readonly string[] | undefined;
  /** Whether writing a batch twice is as writing it once. */
  readonly isIdempotent: boolean;
  /** What makes rows belong together: the fields of a node's key, or those of both ends of a relationship. */
  readonly partition: Partition | undefined;
  /** What is looked up by which properties. */
  readonly keys: readonly Keyed[];
  /** With relationships: how to find rows without effect. The text then gives `written`, the number of rows that had one. */
  readonly missing: Missing | undefined;
}

export type Partition =
  | { readonly kind: "rows"; readonly fields: readonly string[] }
  | {
      readonly kind: "ends";
      readonly from: readonly string[];
      readonly to: readonly string[];
      /** Whether both ends are nodes of one label, so that a node may be either. */
      readonly sameLabel: boolean;
    };

export interface Missing {
  readonly then: "reject" | "skip";
  /** Gives the index of each row without an end, and which one it has: `i`, `hasFrom`, `hasTo`. */
  readonly text: string;
}

export interface PlanOptions {
  /**
   * Whether the ends' keys are known to be unique. If not, a row may match several nodes, and rows have to be counted one by one. Default false.
   */
  readonly uniqueEnds?: boolean | undefined;
}

export function writePlan(target: CheckedTarget, options: PlanOptions = {}): WritePlan {
  switch (target.kind) {
    case "nodes":
      return nodePlan(target);
    case "relationships":
      return relationshipPlan(target, options);
    default:
      return queryPlan(target.query, target.partitionBy);
  }
}

function queryPlan(query: string, partitionBy: readonly string[]): WritePlan {
  return {
    // A row's own query is given its row; a batch's own takes `$rows` apart itself.
    text: /\$rows\b|\$`rows`/.test(query) ? query : `UNWIND $rows AS row\n${query}`,
    fields: undefined,
    isIdempotent: false,
    partition: partitionBy.length === 0 ? undefined : { kind: "rows", fields: partitionBy },
    keys: [],
    missing: undefined,
  };
}
