/** Options that can't be used: what is wrong with them, and what is right. */
import { nearest } from "@fulgur/neo4j-core";
import { ConfigurationError } from "@fulgur/neo4j-driver";

export function refuse(option: string, why: string): never {
  throw new ConfigurationError(`The option \`${option}\` of ingest can't be used: ${why}.`, { option });
}

/** @param within the option that they are options of, if they are */
export function refuseUnknown(given: object, known: readonly string[], within = ""): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const hint = near === undefined ? `the options are ${known.join(", ")}` : `did you mean ${near}?`;
    throw new ConfigurationError(`The option \`${within}${key}\` of ingest can't be used: there is none; ${hint}`, {
      option: within + key,
    });
  }
}

/** What kind of a thing was given instead; a text may be a secret in the wrong place, so it isn't shown. */
export function kindOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : value === "" ? "an empty text" : `a value of the type ${typeof value}`;
}

export function checkObject(option: string, value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  return refuse(option, `it must be an object, not ${kindOf(value)}`);
}

export function checkOneOf<T extends string>(option: string, value: unknown, allowed: readonly T[], usual: T): T {
  if (value === undefined || value === null) return usual;
  const found = allowed.find((one) => one === value);
  return found ?? refuse(option, `it must be one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`);
}

export function checkWhole(option: string, value: unknown, usual: number, most = Number.MAX_SAFE_INTEGER, least = 1) {
  if (value === undefined || value === null) return usual;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const upTo = most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
  return refuse(option, `it must be a whole number from ${least}${upTo}, not ${kindOf(value)}`);
}

export function checkFunction<T>(option: string, value: T): T {
  if (value === undefined || value === null || typeof value === "function") return value;
  return refuse(option, `it must be a function, not ${kindOf(value)}`);
}

export function checkName(option: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  return refuse(option, `it must be a text that isn't empty, not ${kindOf(value)}`);
}

/** A name, or a list of names without a doubled one. */
export function checkNames(option: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [checkName(option, value)];
  if (!Array.isArray(value)) refuse(option, `it must be a name or a list of names, not ${kindOf(value)}`);
  const names = value.map((name) => checkName(option, name));
  if (new Set(names).size < names.length) refuse(option, "it has a name twice");
  return names;
}
