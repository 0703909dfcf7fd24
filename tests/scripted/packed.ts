/** PackStream by hand, for what a server says in tests: nothing of our codec makes these bytes. */

/** Bytes of hexadecimal text, in which blanks may stand, and of bytes. */
export function packed(...parts: readonly (string | readonly number[])[]): number[] {
  return parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part.replaceAll(" ", ""), "hex")] : part));
}

/** A STRING of at most 15 bytes. */
export function text(value: string): number[] {
  return [0x80 + value.length, ...new TextEncoder().encode(value)];
}

/** A LIST of at most 15 items. */
export function list(...items: readonly (readonly number[])[]): number[] {
  return [0x90 + items.length, ...items.flat()];
}

/** A MAP of at most 15 entries. */
export function map(entries: Readonly<Record<string, readonly number[]>>): number[] {
  return [
    0xa0 + Object.keys(entries).length,
    ...Object.entries(entries).flatMap(([key, value]) => [...text(key), ...value]),
  ];
}

/** A structure, by its tag's letter. */
export function structure(tag: string, ...fields: readonly (readonly number[])[]): number[] {
  return [0xb0 + fields.length, tag.charCodeAt(0), ...fields.flat()];
}

/** A whole RECORD. */
export function record(...values: readonly (readonly number[])[]): number[] {
  return [0xb1, 0x71, ...list(...values)];
}

export const nothing: readonly number[] = [0xc0];
