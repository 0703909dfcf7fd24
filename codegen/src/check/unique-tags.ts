import { dialects, dialectText, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/** In every version, with every set of patches, a tag byte is one structure. */
export const uniqueTags: Law = (model) => {
  const breaches = new Map<string, string>();
  for (const dialect of dialects(model)) {
    const byTag = new Map<number, string>();
    for (const { name, tag, on, where } of model.structures) {
      if (!isOn(on, dialect.version.number, dialect.patches)) continue;
      const other = byTag.get(tag);
      const pair = `${where} and ${other}`;
      if (other !== undefined && !breaches.has(pair)) {
        breaches.set(
          pair,
          `${where}: tag 0x${tag.toString(16)} is also ${other}'s in Bolt ${dialectText(dialect)}; give it another tag or a range of versions that doesn't overlap`,
        );
      }
      byTag.set(tag, name);
    }
  }
  const outOfRange = model.structures
    .filter(({ tag }) => tag < 1 || tag > 0x7f)
    .map(({ where, tag }) => `${where}: tag 0x${tag.toString(16)} is not within 0x01 to 0x7f`);
  return [...breaches.values(), ...outOfRange];
};
