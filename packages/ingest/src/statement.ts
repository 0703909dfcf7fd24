/** The Cypher that writes one batch, and the form in which rows go into it. */
import { type IngestOptions, type NodeTarget, type RelationshipTarget, refuse } from "./options.ts";

export interface Statement<Row> {
  readonly text: string;
  /** What a row looks like in `$rows`. */
  parameterOf(row: Row): unknown;
}

export function statementFor<Row>({ query, nodes, relationships }: IngestOptions<Row>): Statement<Row> {
  if (nodes !== undefined) return { text: nodeStatement(nodes), parameterOf: (row) => row };
  if (relationships !== undefined) return relationshipStatement(relationships);
  // A row's own query is given its row; a batch's own takes `$rows` apart itself.
  const text = /\$rows\b|\$`rows`/.test(query!) ? query! : `UNWIND $rows AS row\n${query!}`;
  return { text, parameterOf: (row) => row };
}

function nodeStatement({ labels, key }: NodeTarget): string {
  const names = list("nodes.labels", labels);
  if (names.length === 0) refuse("nodes.labels", "a node needs a label");
  const [first, ...more] = names.map(quoted);
  const merged = list("nodes.key", key);
  if (merged.length === 0) return `UNWIND $rows AS row\nCREATE (n:${[first, ...more].join(":")})\nSET n = row`;
  // Merged by the first label alone: that is the one with the constraint.
  const others = more.length === 0 ? "" : `, n:${more.join(":")}`;
  return `UNWIND $rows AS row\nMERGE (n:${first} {${properties(merged, "row")}})\nSET n += row${others}`;
}

function relationshipStatement<Row>({ type, from, to, key }: RelationshipTarget): Statement<Row> {
  const [fromField, toField] = [from.field ?? "from", to.field ?? "to"];
  const merged = list("relationships.key", key);
  const [name] = list("relationships.type", type);
  if (name === undefined) refuse("relationships.type", "a relationship needs a type");
  const pattern = merged.length === 0 ? "" : ` {${properties(merged, "row.properties")}}`;
  const text = [
    "UNWIND $rows AS row",
    `MATCH (a:${quoted(from.label)} {${quoted(from.key)}: row.from})`,
    `MATCH (b:${quoted(to.label)} {${quoted(to.key)}: row.to})`,
    `${merged.length === 0 ? "CREATE" : "MERGE"} (a)-[r:${quoted(name)}${pattern}]->(b)`,
    "SET r += row.properties",
    "RETURN count(*) AS written",
  ].join("\n");
  const parameterOf = (row: Row) => {
    const { [fromField]: start, [toField]: end, ...rest } = row as { [field: string]: unknown };
    return { from: start ?? null, to: end ?? null, properties: rest };
  };
  return { text, parameterOf };
}

function properties(keys: readonly string[], row: string): string {
  return keys.map((key) => `${quoted(key)}: ${row}.${quoted(key)}`).join(", ");
}

/** A name as Cypher takes any: between backticks, those within doubled. */
function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

function list(option: string, value: string | readonly string[] | undefined): readonly string[] {
  const names = value === undefined ? [] : typeof value === "string" ? [value] : value;
  if (!Array.isArray(names) && typeof names !== "object") refuse(option, "it must be a name or a list of names");
  for (const name of names) if (typeof name !== "string" || name === "") refuse(option, "a name must be a text");
  return names;
}
