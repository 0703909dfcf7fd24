/** The Cypher that makes nodes of rows. */
import type { CheckedNodes } from "../options/check-targets.ts";
import { propertyMap, quoted } from "./names.ts";
import type { WritePlan } from "./write-plan.ts";

export function nodePlan({ labels, key, properties, mode }: CheckedNodes): WritePlan {
  const [first, ...more] = labels;
  const fields = properties && [...new Set([...key, ...properties].map(({ from }) => from))];
  const rest = properties?.filter(({ property }) => !key.some((one) => one.property === property));
  return {
    text: mode === "create" ? createText() : mergeText(),
    fields,
    isIdempotent: mode === "merge",
    partition: key.length === 0 ? undefined : { kind: "rows", fields: key.map(({ from }) => from) },
    keys: key.length === 0 ? [] : [{ label: first!, properties: key.map(({ property }) => property) }],
    missing: undefined,
  };

  function createText(): string {
    const node = `n:${labels.map(quoted).join(":")}`;
    if (rest !== undefined) return `UNWIND $rows AS row\nCREATE (${node} ${propertyMap([...key, ...rest])})`;
    return `UNWIND $rows AS row\nCREATE (${node})\nSET n = row`;
  }

  function mergeText(): string {
    // Merged by the first label alone: that is the one with the constraint.
    const merge = `UNWIND $rows AS row\nMERGE (n:${quoted(first!)} ${propertyMap(key)})`;
    const sets = [
      ...(rest === undefined ? ["n += row"] : rest.length === 0 ? [] : [`n += ${propertyMap(rest)}`]),
      ...(more.length === 0 ? [] : [`n:${more.map(quoted).join(":")}`]),
    ];
    return sets.length === 0 ? merge : `${merge}\nSET ${sets.join(", ")}`;
  }
}
