import { dialects, dialectText, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/** In every version a signature byte is one message, and a name too. */
export const uniqueSignatures: Law = (model) => {
  const breaches = new Map<string, string>();
  for (const dialect of dialects(model)) {
    const bySignature = new Map<number, string>();
    for (const { name, signature, on, where } of model.messages) {
      if (!isOn(on, dialect.version.number, dialect.patches)) continue;
      const other = bySignature.get(signature);
      const pair = `${where} and ${other}`;
      if (other !== undefined && !breaches.has(pair)) {
        breaches.set(
          pair,
          `${where}: signature 0x${signature.toString(16)} is also ${other}'s in Bolt ${dialectText(dialect)}; give it another signature or a range of versions that doesn't overlap`,
        );
      }
      bySignature.set(signature, name);
    }
  }
  const outOfRange = model.messages
    .filter(({ signature }) => signature < 1 || signature > 0x7f)
    .map(({ where, signature }) => `${where}: signature 0x${signature.toString(16)} is not within 0x01 to 0x7f`);
  return [...breaches.values(), ...outOfRange];
};
