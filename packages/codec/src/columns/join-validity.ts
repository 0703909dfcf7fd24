import type { Column } from "./column.ts";

/** The bits of the joined cells that aren't null; `undefined` if none is. */
export function joinValidity(parts: readonly Column[]): Uint8Array | undefined {
  if (parts.every((part) => part.validity === undefined)) return undefined;
  const length = lengthOf(parts);
  const validity = new Uint8Array((length + 7) >> 3);
  let at = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++, at++) if (!part.isNull(i)) validity[at >> 3] |= 1 << (at & 7);
  }
  return validity;
}

export function lengthOf(parts: readonly Column[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
