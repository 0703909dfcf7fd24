/** The fields that a step says it reads: a file whose rows all have the same must have them, or what is misspelt would be missing in the graph. */
import { nearest } from "@fulgur/neo4j-core";
import { checkTarget } from "../../options/check-targets.ts";
import { UsageError } from "../failure.ts";
import type { Step } from "../plan/plan.ts";

export function neededFields(step: Step): readonly string[] {
  const target = checkTarget(step);
  // With columns of its own choice, a source may have types for more than those.
  const types = step.source.columns === undefined ? Object.keys(step.types ?? {}) : [];
  if (target.kind === "query") return [...target.partitionBy, ...types];
  const { key, properties = [] } = target;
  const ends = target.kind === "nodes" ? [] : [...target.from.key, ...target.to.key];
  return [...new Set([...[...ends, ...key, ...properties].map(({ from }) => from), ...types])];
}

/** @throws UsageError for a row that lacks one of them */
export function checkFields(row: object, needed: readonly string[], file: string | undefined, place: string): void {
  const missing = needed.find((field) => !Object.hasOwn(row, field));
  if (missing === undefined) return;
  const names = Object.keys(row);
  const near = nearest(missing, names);
  const advice = near === undefined ? `they have ${names.join(", ")}.` : `did you mean ${near}?`;
  throw new UsageError(`${place}The rows of ${file ?? "the input"} have no field ${missing}: ${advice}`);
}
