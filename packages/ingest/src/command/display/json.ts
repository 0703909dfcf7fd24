/** Lines of JSON for machines. */
import { jsonValue } from "@fulgur/neo4j-types";

/** One line. Values that JSON has no type for are what `jsonValue` makes of them; what is undefined is left out. */
export function jsonLine(event: object): string {
  return `${JSON.stringify(jsonValue(event))}\n`;
}
