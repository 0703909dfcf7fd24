import type { MarkerModel } from "../model/model.ts";
import { dialects, dialectText, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/** In every version a byte is one marker, and a marker's layout has the sizes that it needs. */
export const markers: Law = (model) => {
  const breaches = new Map<string, string>();
  for (const dialect of dialects(model)) {
    const byByte = new Map<number, MarkerModel>();
    for (const marker of model.markers) {
      if (!isOn(marker.on, dialect.version.number, dialect.patches)) continue;
      for (let byte = marker.first; byte <= Math.min(marker.last, 0xff); byte++) {
        const other = byByte.get(byte);
        const pair = `${marker.where} ${other?.where}`;
        if (other !== undefined && !breaches.has(pair)) {
          breaches.set(
            pair,
            `${marker.where}: overlaps with ${other.where} at 0x${byte.toString(16)} in Bolt ${dialectText(dialect)}`,
          );
        }
        byByte.set(byte, marker);
      }
    }
  }
  return [...breaches.values(), ...model.markers.flatMap(misshapen)];
};

const types = new Set("null boolean integer float string bytes list map structure uuid reserved".split(" "));

function misshapen({ where, first, last, type, layout, sizeBytes, fixedBytes }: MarkerModel): string[] {
  if (last < first || last > 0xff)
    return [`${where}: its last byte 0x${last.toString(16)} is not within 0x${first.toString(16)} to 0xff`];
  // A value of fixed width may be of a type that only its marker knows, as UUID is.
  if (!types.has(type) && !(layout === "fixed" && /^[a-z]\w*$/i.test(type)))
    return [`${where}: type "${type}" is none of ${[...types].join(", ")}`];
  if (layout === "sized" && ![1, 2, 4].includes(sizeBytes))
    return [`${where}: a sized marker has size_bytes 1, 2 or 4`];
  if (layout !== "sized" && sizeBytes !== 0) return [`${where}: only a sized marker has size_bytes`];
  if (layout === "fixed" && fixedBytes === 0) return [`${where}: a fixed marker has fixed_bytes`];
  if (layout !== "fixed" && fixedBytes !== 0) return [`${where}: only a fixed marker has fixed_bytes`];
  if (layout === "tiny" && last - first > 15) return [`${where}: a tiny marker's range is 16 bytes at most`];
  return [];
}
