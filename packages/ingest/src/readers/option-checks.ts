/** Checks of single options of readers and writers. `undefined` and `null` are the default. */
import { nearest } from "@fulgur/neo4j-core";
import { ConfigurationError } from "@fulgur/neo4j-driver";

/** @throws ConfigurationError naming a key that isn't known, and the one that was probably meant */
export function refuseUnknown(options: object, known: readonly string[], what: string): void {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError(`The options of ${what} must be an object.`);
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const option = given.map(([key]) => key).find((key) => !known.includes(key));
  if (option === undefined) return;
  const meant = nearest(option, known);
  const advice = meant === undefined ? `its options are ${known.join(", ") || "none"}` : `did you mean \`${meant}\`?`;
  throw new ConfigurationError(`There is no option \`${option}\` of ${what}: ${advice}.`, { option });
}

export function checkFlag(option: string, value: unknown): boolean | undefined {
  if (isDefault(value) || typeof value === "boolean") return value ?? undefined;
  return refuse(option, "it must be true or false");
}

export function checkText(option: string, value: unknown): string | undefined {
  if (isDefault(value)) return undefined;
  if (typeof value === "string" && value !== "") return value;
  return refuse(option, "it must be a text that isn't empty");
}

export function checkWhole(option: string, value: unknown): number | undefined {
  if (isDefault(value)) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  return refuse(option, "it must be a whole number from 1");
}

export function checkNames(option: string, value: unknown): readonly string[] | undefined {
  if (isDefault(value)) return undefined;
  if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
  return refuse(option, "it must be a list of texts");
}

export function checkOneOf<const Names extends readonly string[]>(
  option: string,
  value: unknown,
  names: Names,
): Names[number] | undefined {
  if (isDefault(value)) return undefined;
  if (names.includes(value as string)) return value as Names[number];
  return refuse(option, `it must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`);
}

function isDefault(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function refuse(option: string, why: string): never {
  throw new ConfigurationError(`The option \`${option}\` can't be used: ${why}.`, { option });
}
