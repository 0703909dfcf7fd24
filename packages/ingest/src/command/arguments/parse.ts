import { parseArgs } from "node:util";
import { UsageError } from "../failure.ts";
import type { Flag, Flags, FlagValues } from "./flag.ts";

export interface Parsed<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly positionals: readonly string[];
}

const tokenElsewhere =
  "a token among the arguments can be seen by everybody on this machine: put it into a file (--bearer-token-file), a connection file (--connection) or NEO4J_BEARER_TOKEN";

/** Flags that people try, and what to do in their place. */
const refused: { readonly [name: string]: string } = {
  password:
    "a password among the arguments can be seen by everybody on this machine: put it into a file (--password-file), a connection file (--connection) or NEO4J_PASSWORD, or be asked for it",
  token: tokenElsewhere,
  "bearer-token": tokenElsewhere,
};

/** @throws UsageError naming what is unknown, missing or wrong; the value of an unknown flag is not repeated */
export async function parseFlags<F extends Flags>(args: readonly string[], flags: F): Promise<Parsed<F>> {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, short, repeated }]) => [
      name,
      {
        type: type === "switch" ? ("boolean" as const) : ("string" as const),
        ...(short && { short }),
        multiple: repeated === true,
      },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values: { [name: string]: unknown } = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (flag === undefined) throw await unknownFlag(token.rawName, token.name, flags);
    const value = await valueOf(token.rawName, flag, token.value, token.inlineValue === true);
    if (flag.repeated) values[token.name] = [...((values[token.name] as unknown[]) ?? []), value];
    else if (Object.hasOwn(values, token.name)) throw new UsageError(`${token.rawName} is given twice.`);
    else values[token.name] = value;
  }
  return { flags: values as FlagValues<F>, positionals };
}

async function unknownFlag(rawName: string, name: string, flags: Flags): Promise<UsageError> {
  if (Object.hasOwn(refused, name)) return new UsageError(`There is no flag ${rawName}: ${refused[name]}.`);
  const near = name.length > 1 ? await nearestTo(name, Object.keys(flags)) : undefined;
  const advice = near === undefined ? "--help lists the flags" : `did you mean --${near}?`;
  return new UsageError(`There is no flag ${rawName}: ${advice}${near === undefined ? "." : ""}`);
}

async function valueOf(rawName: string, flag: Flag, value: string | undefined, inline: boolean): Promise<unknown> {
  if (flag.type === "switch") {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return true;
  }
  if (value === undefined || (!inline && value.startsWith("--"))) {
    throw new UsageError(`${rawName} needs a value: ${flag.help}`);
  }
  if (flag.choices !== undefined && !flag.choices.includes(value)) {
    const near = await nearestTo(value, flag.choices);
    const advice = near === undefined ? "" : `; did you mean ${near}?`;
    throw new UsageError(`${rawName} is one of ${flag.choices.join(", ")}, not ${JSON.stringify(value)}${advice}`);
  }
  if (flag.type !== "number") return value;
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(Number(value))) {
    throw new UsageError(`${rawName} is a whole number from 0, not ${JSON.stringify(value)}.`);
  }
  return Number(value);
}

/** Loaded only for an error: the command starts without the driver. */
async function nearestTo(name: string, known: readonly string[]): Promise<string | undefined> {
  const { nearest } = await import("@fulgur/neo4j-core");
  return nearest(name, known);
}
