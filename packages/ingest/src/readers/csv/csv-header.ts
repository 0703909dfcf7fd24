/** The names of a file's columns. */
import { damaged } from "../text-chunks.ts";

const delimiters = [",", ";", "\t", "|"];

/** Whichever delimiter is most frequent in the first line, outside quotes; the comma if none is there. */
export function detectDelimiter(text: string, quote: string): string {
  const counts = new Map(delimiters.map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  let isBegun = false;
  for (const sign of text) {
    // Empty lines may stand before it.
    isBegun ||= sign !== "\n" && sign !== "\r";
    if (sign === quote) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === "\n" && isBegun) break;
    else if (counts.has(sign)) counts.set(sign, (counts.get(sign) as number) + 1);
  }
  return delimiters.reduce((best, one) => ((counts.get(one) as number) > (counts.get(best) as number) ? one : best));
}

/** Different names: one that isn't there is called by its place, and equal ones are numbered: `name`, `name_2`, `name_3`. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set(header);
  const seen = new Set<string>();
  return header.map((text, i) => {
    let name = text === "" ? `column${i + 1}` : text;
    if (name !== text || seen.has(name)) {
      const base = name;
      for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
      taken.add(name);
    }
    seen.add(name);
    return name;
  });
}

/**
 * Why a line can't be the header, though it could be read as one: then all rows would be wrong, or there would be none.
 *
 * @param isDamaged whether bytes in it may have been no characters
 */
export function headerFault(header: readonly string[], isDamaged: boolean, encoding: string): string | undefined {
  const text = header.join();
  if (text.includes("\0")) {
    return "there are NUL characters in the columns' names, as in UTF-16 or UTF-32 without a mark at its beginning, and in files that are no text; `encoding` says what the file is written in";
  }
  if (/\r(?!\n)/.test(text)) {
    return "there is a carriage return in the columns' names, as if lines ended with it alone: they have to end with a line feed, or both";
  }
  if (/^sep=.?$/i.test(text)) {
    return "it doesn't have the columns' names, but a delimiter for Excel: leave it out, and the header is the next one";
  }
  return isDamaged && text.includes("\ufffd") ? damaged(encoding) : undefined;
}
