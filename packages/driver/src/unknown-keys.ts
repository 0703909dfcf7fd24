/** Refuses options that don't exist, and says which ones were probably meant. (DRV-02) */
import { ConfigurationError } from "@fulgur/neo4j-core";
import type { OtherNames } from "./other-names.ts";

/**
 * @param what whose options they are, such as "driver"
 * @param otherNames what stands here for options of other drivers
 * @throws ConfigurationError naming every unknown key, with the nearest right one or what stands in its place
 */
export function refuseUnknownKeys(
  given: object,
  known: readonly string[],
  what: string,
  otherNames: OtherNames = {},
): void {
  const unknown = Object.keys(given).filter((key) => !known.includes(key));
  const [option] = unknown;
  if (option === undefined) return;
  const advised = unknown.map((key) => `${key}${advice(key, known, otherNames)}`);
  const isLost = unknown.some((key) => !Object.hasOwn(otherNames, key) && nearest(key, known) === undefined);
  const list = isLost ? ` Its options are ${known.join(", ")}.` : "";
  const message = `Unknown ${what} option${unknown.length === 1 ? "" : "s"}: ${advised.join("; ")}.${list}`;
  throw new ConfigurationError(message, { option });
}

function advice(key: string, known: readonly string[], otherNames: OtherNames): string {
  if (Object.hasOwn(otherNames, key)) return ` (${otherNames[key]})`;
  const near = nearest(key, known);
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}

/** The known key that a misspelt, snake-cased or unit-suffixed one comes nearest to, if any is near. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  const wanted = essence(key);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const other = essence(candidate);
    const distance =
      other !== wanted && (other.includes(wanted) || wanted.includes(other)) && wanted.length >= 4
        ? 1
        : editDistance(wanted, other);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return bestDistance <= Math.max(2, Math.floor(wanted.length / 3)) ? best : undefined;
}

function essence(key: string): string {
  return key
    .replace(/(Ms|Millis|_ms)$/, "")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, replaced));
    }
    previous = row;
  }
  return previous[b.length]!;
}
