/** Names that come from options, in Cypher. */
import { cypher } from "@fulgur/neo4j-driver";

/** A name as Cypher takes any. */
export function quoted(name: string): string {
  return cypher.identifier(name).text;
}

/** A property of a row. */
export function field(name: string, row = "row"): string {
  return `${row}.${quoted(name)}`;
}

/** A map of properties, each from the row's field. */
export function propertyMap(properties: readonly Mapped[], row = "row"): string {
  return `{${properties.map(({ property, from }) => `${quoted(property)}: ${field(from, row)}`).join(", ")}}`;
}

/** A property and the row's field that it is written from. */
export interface Mapped {
  readonly property: string;
  readonly from: string;
}
