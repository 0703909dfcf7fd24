import type { Column } from "./column.ts";

/** The bits of the joined cells that aren't null; `undefined` if none is. */
export function joinValidity(parts: readonly Column[]): Uint8Array | undefined {
  if (parts.every((part) => part.validity === undefined)) return undefined;
  const length = lengthOf(parts);
  const validity = new Uint8Array((length + 7) >> 3);
  let at = 0;
  for (const part of parts) {
    putBits(validity, at, part);
    at += part.length;
  }
  return validity;
}

/** Bits of a part, by bytes: a part's last bits beyond its end are 0, and so are those that are not written yet. */
function putBits(into: Uint8Array, at: number, part: Column): void {
  const { length, validity } = part;
  const bytes = (length + 7) >> 3;
  const shift = at & 7;
  const first = at >> 3;
  for (let i = 0; i < bytes; i++) {
    let bits = validity === undefined ? 0xff : (validity[i] as number);
    const left = length - i * 8;
    if (left < 8) bits &= (1 << left) - 1;
    into[first + i] = (into[first + i] as number) | (bits << shift);
    if (shift !== 0 && first + i + 1 < into.length) into[first + i + 1] = bits >> (8 - shift);
  }
}

export function lengthOf(parts: readonly Column[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
