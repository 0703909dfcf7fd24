/** A number for a key's value: equal for values that are equal in Cypher. */

import { isFloat, isInt } from "@fulgur/neo4j-types";

/** 32 bits, unsigned. Values that it can't tell apart are only ever thought to be equal, which costs no more than a wait. */
export function hashOf(value: unknown): number {
  switch (typeof value) {
    case "string":
      return ofText(value);
    case "number":
      return ofNumber(value);
    case "bigint":
      // 5 and 5n are one integer; so are both that a double can't tell apart, as far as this is concerned.
      return ofNumber(Number(value));
    case "boolean":
      return value ? 1 : 2;
    case "object":
      return value === null ? 0 : ofObject(value);
    default:
      return 0;
  }
}

export function mixed(hash: number, other: number): number {
  return finished((Math.imul(hash, 31) + other) | 0);
}

function ofText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return finished(hash);
}

function ofNumber(number: number): number {
  if (Number.isInteger(number)) {
    const high = Math.floor(number / 0x1_0000_0000);
    return finished((number | 0) ^ Math.imul(high | 0, 0x9e3779b1));
  }
  return ofText(String(number));
}

/** Values of Cypher's types are known by their text; a float or an integer in a box by its number. */
function ofObject(value: object): number {
  if (isInt(value) || isFloat(value)) return hashOf(value.value);
  if (Array.isArray(value)) return value.reduce((hash: number, item) => mixed(hash, hashOf(item)), 7);
  return ofText(String(value));
}

/** Spreads what the last bits lack. */
function finished(hash: number): number {
  let mixing = hash ^ (hash >>> 16);
  mixing = Math.imul(mixing, 0x85ebca6b);
  mixing ^= mixing >>> 13;
  mixing = Math.imul(mixing, 0xc2b2ae35);
  return (mixing ^ (mixing >>> 16)) >>> 0;
}
