/** JSON whose whole numbers keep all their digits, and whose floats stay floats: the suite tells 1 from 1.0. */

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** What the language has and its library's types don't yet. */
const { parse, stringify, rawJSON } = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown;
  stringify(value: unknown, replacer: (key: string, value: unknown) => unknown): string;
  rawJSON(text: string): object;
};

/** Whole numbers that aren't safe become bigints. */
export function parseLossless(text: string): unknown {
  return parse(text, (_, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? BigInt(source)
      : value,
  );
}

/** Bigints are written as numbers. */
export function stringifyLossless(value: unknown): string {
  return stringify(value, (_, part) => (typeof part === "bigint" ? rawJSON(String(part)) : part));
}

/** A finite number that is written as a float, however whole it is. */
export function jsonFloat(value: number): object {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return rawJSON(/[.e]/.test(text) ? text : `${text}.0`);
}
