/** What is to be written, checked and with all that was left out. */
import type { Mapped } from "../mapping/names.ts";
import { checkName, checkNames, checkObject, checkOneOf, refuse, refuseUnknown } from "./refusal.ts";
import type { NodeTarget, PropertyMapping, RelationshipEnd, RelationshipTarget } from "./targets.ts";

export interface CheckedNodes {
  readonly kind: "nodes";
  readonly labels: readonly string[];
  readonly key: readonly Mapped[];
  /** `undefined`: all fields. */
  readonly properties: readonly Mapped[] | undefined;
  readonly mode: "merge" | "create";
}

export interface CheckedEnd {
  readonly label: string;
  readonly key: readonly Mapped[];
}

export interface CheckedRelationships {
  readonly kind: "relationships";
  readonly type: string;
  readonly from: CheckedEnd;
  readonly to: CheckedEnd;
  readonly key: readonly Mapped[];
  readonly properties: readonly Mapped[] | undefined;
  readonly mode: "merge" | "create";
  readonly missingEnds: "reject" | "skip" | "create";
}

export interface CheckedQuery {
  readonly kind: "query";
  readonly query: string;
  readonly partitionBy: readonly string[];
}

export type CheckedTarget = CheckedNodes | CheckedRelationships | CheckedQuery;

export interface TargetOptions {
  readonly query?: string | undefined;
  readonly nodes?: NodeTarget | undefined;
  readonly relationships?: RelationshipTarget | undefined;
  readonly partitionBy?: string | readonly string[] | undefined;
}

/** @throws ConfigurationError naming the option that is missing or wrong */
export function checkTarget({ query, nodes, relationships, partitionBy }: TargetOptions): CheckedTarget {
  const given = [query, nodes, relationships].filter((target) => target !== undefined && target !== null);
  if (given.length !== 1) refuse("query", "exactly one of query, nodes and relationships says what to write");
  const fields = checkNames("partitionBy", partitionBy);
  if (typeof query === "string" && query.trim() !== "") return { kind: "query", query, partitionBy: fields };
  if (query !== undefined && query !== null) refuse("query", "it must be Cypher text");
  if (fields.length > 0) refuse("partitionBy", "it is for a query; nodes and relationships have keys");
  return nodes === undefined || nodes === null ? checkRelationships(relationships!) : checkNodes(nodes);
}

const modes = ["merge", "create"] as const;

function checkNodes(target: NodeTarget): CheckedNodes {
  checkObject("nodes", target);
  refuseUnknown(target, ["labels", "key", "properties", "mode"], "nodes.");
  const labels = checkNames("nodes.labels", target.labels);
  if (labels.length === 0) refuse("nodes.labels", "a node needs a label");
  const properties = checkMapping("nodes.properties", target.properties);
  const key = mappedKey(checkNames("nodes.key", target.key), properties);
  const mode = checkOneOf("nodes.mode", target.mode, modes, key.length > 0 ? "merge" : "create");
  if (mode === "merge" && key.length === 0) refuse("nodes.mode", "to merge nodes they need a key");
  return { kind: "nodes", labels, key, properties, mode };
}

const relationshipOptions = ["type", "from", "to", "key", "properties", "mode", "missingEnds"];

function checkRelationships(target: RelationshipTarget): CheckedRelationships {
  checkObject("relationships", target);
  refuseUnknown(target, relationshipOptions, "relationships.");
  const properties = checkMapping("relationships.properties", target.properties);
  const key = mappedKey(checkNames("relationships.key", target.key), properties);
  return {
    kind: "relationships",
    type: checkName("relationships.type", target.type),
    from: checkEnd("from", target.from),
    to: checkEnd("to", target.to),
    key,
    properties,
    mode: checkOneOf("relationships.mode", target.mode, modes, key.length > 0 ? "merge" : "create"),
    missingEnds: checkOneOf(
      "relationships.missingEnds",
      target.missingEnds,
      ["reject", "skip", "create"] as const,
      "reject",
    ),
  };
}

function checkEnd(name: "from" | "to", end: RelationshipEnd): CheckedEnd {
  const option = `relationships.${name}`;
  checkObject(option, end);
  refuseUnknown(end, ["label", "key", "field"], `${option}.`);
  const label = checkName(`${option}.label`, end.label);
  const key = checkNames(`${option}.key`, end.key);
  if (key.length === 0) refuse(`${option}.key`, "an end needs a property to be found by");
  const given = checkNames(`${option}.field`, end.field);
  const fields = given.length > 0 ? given : key.length === 1 ? [name] : key;
  if (fields.length !== key.length) refuse(`${option}.field`, `it must have a field for each of ${key.join(", ")}`);
  return { label, key: key.map((property, at) => ({ property, from: fields[at]! })) };
}

/** Where a key's properties come from: their own fields, unless the mapping says otherwise. */
function mappedKey(key: readonly string[], properties: readonly Mapped[] | undefined): readonly Mapped[] {
  return key.map((property) => properties?.find((one) => one.property === property) ?? { property, from: property });
}

function checkMapping(option: string, mapping: PropertyMapping | undefined): readonly Mapped[] | undefined {
  if (mapping === undefined || mapping === null) return undefined;
  if (Array.isArray(mapping)) return checkNames(option, mapping).map((name) => ({ property: name, from: name }));
  return Object.entries(checkObject(option, mapping)).map(([property, from]) => ({
    property: checkName(option, property),
    from: checkName(`${option}.${property}`, from),
  }));
}
