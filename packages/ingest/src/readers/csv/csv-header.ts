/** The names of a file's columns. */

const delimiters = [",", ";", "\t", "|"];

/** Whichever delimiter is most frequent in the first line, outside quotes; the comma if none is there. */
export function detectDelimiter(text: string, quote: string): string {
  const counts = new Map(delimiters.map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (const sign of text) {
    if (sign === quote) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === "\n") break;
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
