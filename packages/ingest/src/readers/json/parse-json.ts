/** JSON's values, whose whole numbers aren't rounded. */
import { fitsInteger } from "@fulgur/neo4j-types";
import type { parse as Parse } from "lossless-json";

/** A whole number of so many digits that a `number` may not hold it. It may stand within a string: that costs only time. */
const longNumber = /(?:^|[\s[,:])-?\d{16,}(?=[\s,\]}]|$)/;

let parse: typeof Parse | undefined;

/** Whether a text may have numbers that `JSON.parse` rounds. To be awaited before they are parsed, because it loads what they need. */
export async function hasLongNumbers(text: string): Promise<boolean> {
  if (!longNumber.test(text)) return false;
  parse ??= (await import("lossless-json")).parse;
  return true;
}

/**
 * The value of a text, where whole numbers of 64 bits that a `number` doesn't hold exactly are bigints.
 *
 * @param mayBeLong whether the text may have such numbers: an answer for many texts at once.
 * @throws SyntaxError that says what is wrong with the text
 */
export function parseJson(text: string, mayBeLong: boolean): unknown {
  // First, because its errors are the ones that people know. It is several times faster, too.
  const value: unknown = JSON.parse(text);
  return mayBeLong && longNumber.test(text)
    ? (parse as typeof Parse)(text, null, { parseNumber, onDuplicateKey })
    : value;
}

function parseNumber(text: string): number | bigint {
  const value = Number(text);
  if (Number.isSafeInteger(value) || !/^-?\d+$/.test(text)) return value;
  const exact = BigInt(text);
  // Beyond 64 bits it is no integer of Neo4j's: JavaScript writes large floats so.
  return fitsInteger(exact) ? exact : value;
}

/** The last one counts, as in `JSON.parse`. */
function onDuplicateKey({ newValue }: { readonly newValue: unknown }): unknown {
  return newValue;
}
