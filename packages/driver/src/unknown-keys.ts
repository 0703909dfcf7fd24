/** Refuses options that don't exist, and says which ones were probably meant. (DRV-02) */
import { ConfigurationError, nearest } from "@fulgur/neo4j-core";
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
  let unknown: string[] | undefined;
  for (const key of Object.keys(given)) if (!known.includes(key)) (unknown ??= []).push(key);
  if (unknown === undefined) return;
  const [option] = unknown;
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
