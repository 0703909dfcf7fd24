/** The Cypher that makes relationships of rows. */
import type { CheckedEnd, CheckedRelationships } from "../options/check-targets.ts";
import { type Mapped, propertyMap, quoted } from "./names.ts";
import type { PlanOptions, WritePlan } from "./write-plan.ts";

export function relationshipPlan(target: CheckedRelationships, { uniqueEnds = false }: PlanOptions): WritePlan {
  const { type, from, to, key, properties, mode, missingEnds } = target;
  const ends = [from, to].flatMap((end) => end.key.map((one) => one.from));
  const counted = missingEnds !== "create" && !uniqueEnds;
  const pattern = key.length === 0 ? "" : ` ${propertyMap(key)}`;
  const rest = properties?.filter(({ property }) => !key.some((one) => one.property === property));
  const lines = [
    ...(counted ? ["UNWIND range(0, size($rows) - 1) AS i", "WITH i, $rows[i] AS row"] : ["UNWIND $rows AS row"]),
    ...(missingEnds === "create" ? [`MERGE ${node("a", from)}`, `MERGE ${node("b", to)}`] : []),
    ...(missingEnds === "create" ? [] : [`MATCH ${node("a", from)}`, `MATCH ${node("b", to)}`]),
    ...(mode === "merge" ? [`MERGE (a)-[r:${quoted(type)}${pattern}]->(b)`, ...set("+=", rest)] : created()),
    `RETURN ${counted ? "count(DISTINCT i)" : "count(*)"} AS written`,
  ];
  return {
    text: lines.join("\n"),
    fields: properties && [...new Set([...ends, ...[...key, ...properties].map((one) => one.from)])],
    // Merged without a key: then there is one for each two ends, whatever comes twice.
    isIdempotent: mode === "merge",
    partition: {
      kind: "ends",
      from: from.key.map((one) => one.from),
      to: to.key.map((one) => one.from),
      sameLabel: from.label === to.label,
    },
    keys: [
      ...[from, to].map((end) => ({ label: end.label, properties: namesOf(end.key) })),
      ...(mode === "merge" && key.length > 0 ? [{ type, properties: namesOf(key) }] : []),
    ],
    missing: missingEnds === "create" ? undefined : { then: missingEnds, text: missingText(from, to) },
  };

  function created(): string[] {
    if (rest === undefined) return [`CREATE (a)-[r:${quoted(type)}]->(b)`, ...set("=", rest)];
    const all = [...key, ...rest];
    return [`CREATE (a)-[r:${quoted(type)}${all.length === 0 ? "" : ` ${propertyMap(all)}`}]->(b)`];
  }

  function set(operator: "=" | "+=", mapped: typeof rest): string[] {
    if (mapped === undefined) {
      // A null is no property: so the ends' fields stay out, and rows go over the wire as they are.
      const without = [...new Set(ends)].map((name) => `${quoted(name)}: null`).join(", ");
      return [`SET r ${operator} row {.*, ${without}}`];
    }
    return mapped.length === 0 ? [] : [`SET r ${operator} ${propertyMap(mapped)}`];
  }
}

function namesOf(mapped: readonly Mapped[]): string[] {
  return mapped.map(({ property }) => property);
}

function node(variable: string, { label, key }: CheckedEnd, row = "row"): string {
  return `(${variable}:${quoted(label)} ${propertyMap(key, row)})`;
}

function missingText(from: CheckedEnd, to: CheckedEnd): string {
  return [
    "UNWIND range(0, size($rows) - 1) AS i",
    "WITH i, $rows[i] AS row",
    `OPTIONAL MATCH ${node("a", from)}`,
    `OPTIONAL MATCH ${node("b", to)}`,
    "WITH i, count(a) AS froms, count(b) AS tos",
    "WHERE froms = 0 OR tos = 0",
    "RETURN i, froms > 0 AS hasFrom, tos > 0 AS hasTo",
    "ORDER BY i",
  ].join("\n");
}
