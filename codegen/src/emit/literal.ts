import type { When } from "../model/model.ts";

/** Text that goes into a literal as it is: a hexadecimal number, the name of a function. */
export class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can be written as a TypeScript literal; properties that are `undefined` are left out. */
export type Literal =
  | null
  | boolean
  | number
  | string
  | Raw
  | readonly Literal[]
  | { readonly [key: string]: Literal | undefined };

const lineWidth = 120;

/**
 * Prints a literal on one line where it fits, else one item on each.
 *
 * @param indent the indentation of the line on which it begins.
 * @param before how much of that line is used already, indentation included.
 */
export function printLiteral(value: Literal, indent = "", before = indent.length): string {
  const flat = flatText(value);
  // One more column for the comma or semicolon behind it.
  if (before + flat.length + 1 <= lineWidth || typeof value !== "object" || value === null || value instanceof Raw)
    return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: Literal) => `${inner}${printLiteral(item, inner)},\n`);
    return items.length === 0 ? "[]" : `[\n${items.join("")}${indent}]`;
  }
  const items = entries(value).map(([key, item]) => {
    const start = `${inner}${propertyName(key)}: `;
    return `${start}${printLiteral(item, inner, start.length)},\n`;
  });
  return `{\n${items.join("")}${indent}}`;
}

function flatText(value: Literal): string {
  if (value instanceof Raw) return value.text;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map((item: Literal) => flatText(item)).join(", ")}]`;
  const list = entries(value).map(([key, item]) => `${propertyName(key)}: ${flatText(item)}`);
  return list.length === 0 ? "{}" : `{ ${list.join(", ")} }`;
}

function entries(value: object): [string, Literal][] {
  return Object.entries(value as { readonly [key: string]: Literal | undefined }).filter(
    (entry): entry is [string, Literal] => entry[1] !== undefined,
  );
}

/** A property's name in a literal or an interface, quoted if need be. */
export function propertyName(name: string): string {
  // Without the brackets a literal's `__proto__` would set its prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A byte: `0x4e`. */
export function hexByte(number: number): Raw {
  return new Raw(`0x${number.toString(16).padStart(2, "0")}`);
}

/** A version's number: `0x0508`. */
export function hexVersion(number: number): Raw {
  return new Raw(`0x${number.toString(16).padStart(4, "0")}`);
}

export function whenLiteral(on: readonly When[]): Literal {
  return on.map(({ since, until, patch, unlessPatch }) => ({
    since: since === undefined ? undefined : hexVersion(since),
    until: until === undefined ? undefined : hexVersion(until),
    patch,
    unlessPatch,
  }));
}
