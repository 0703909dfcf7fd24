/** What a summary has to say to people. */
import type { ResultSummary } from "@fulgur/neo4j-driver";
import { counted } from "../display/numbers.ts";

/** `["2 nodes created", "1 index added"]` */
export function changesOf({ counters }: Pick<ResultSummary, "counters">): string[] {
  return Object.entries(counters.updates())
    .filter(([, count]) => count > 0)
    .map(([name, count]) => changed(name, count));
}

/** What the counter `nodesCreated` says: `1 node created`. */
export function changed(name: string, count: number | bigint): string {
  const [things = "", done = ""] = name.split(/(?=[A-Z])/);
  return `${counted(count, singular(things), things)} ${done.toLowerCase()}`;
}

function singular(things: string): string {
  if (things === "properties") return "property";
  return things === "indexes" ? "index" : things.slice(0, -1);
}

/** The server's warnings, a line each. */
export function remarksOf({ gqlStatusObjects }: Pick<ResultSummary, "gqlStatusObjects">): string[] {
  return gqlStatusObjects
    .filter(({ isNotification, severity }) => isNotification && severity === "WARNING")
    .map(({ statusDescription, gqlStatus, position }) => {
      const place = position === undefined ? "" : ` at line ${position.line}, column ${position.column}`;
      return `warning${place}: ${statusDescription} (${gqlStatus})`;
    });
}
