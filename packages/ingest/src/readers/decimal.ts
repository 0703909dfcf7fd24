/** Decimal numbers as columnar files have them: a whole number and how many of its digits are behind the point. */
import { float } from "@fulgur/neo4j-driver";
import { exactInteger, fitsInteger } from "@fulgur/neo4j-types";

/** Without digits behind the point an integer, if it has 64 bits; else its text, or the nearest float. */
export function decimalOf(unscaled: bigint, scale: number, form: "float" | "string"): unknown {
  if (scale <= 0) {
    const whole = unscaled * 10n ** BigInt(-scale);
    if (fitsInteger(whole)) return exactInteger(whole);
  }
  const text = decimalText(unscaled, scale);
  return form === "string" ? text : float(Number(text));
}

function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return `${unscaled * 10n ** BigInt(-scale)}`;
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Of two's complement, the highest byte first. */
export function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}
