/** Numbers in the array that an Arrow type asks for. */
import type { NumericArray } from "@fulgur/neo4j-codec";
import type { NumberForm } from "./arrow-form.ts";
import type { Any } from "./arrow-library.ts";
import { wide } from "./arrow-temporal.ts";
import { isNull } from "./arrow-text.ts";

/** Told of a cell that doesn't fit; throws. */
export type Misfit = (row: number) => never;

/** @returns `undefined` where no integer is asked for, or there are fractions */
export function integersFor(form: NumberForm, { bitWidth, isSigned }: Any, misfit: Misfit): NumericArray | undefined {
  const { values, whole } = form;
  if (whole === false) return undefined;
  if (bitWidth === 64) return isSigned ? integersOf64(form, misfit) : undefined;
  if (bitWidth === 32 && isSigned && values instanceof Int32Array) return values;
  const least = isSigned ? -(2 ** (bitWidth - 1)) : 0;
  const most = isSigned ? 2 ** (bitWidth - 1) - 1 : 2 ** bitWidth - 1;
  const narrow = new arrays[`${isSigned ? "Int" : "Uint"}${bitWidth as 8 | 16 | 32}`](values.length);
  for (let i = 0; i < values.length; i++) {
    if (isNull(form.validity, i)) continue;
    const value = Number(values[i]);
    if (!(value >= least && value <= most)) misfit(i);
    narrow[i] = value;
  }
  return narrow;
}

function integersOf64({ values, validity }: NumberForm, misfit: Misfit): BigInt64Array {
  if (values instanceof BigInt64Array) return values;
  if (!(values instanceof BigUint64Array)) return wide(values);
  const signed = BigInt64Array.from(values);
  for (let i = 0; i < signed.length; i++) if (!isNull(validity, i) && (signed[i] as bigint) < 0n) misfit(i);
  return signed;
}

const arrays = {
  Int8: Int8Array,
  Int16: Int16Array,
  Int32: Int32Array,
  Uint8: Uint8Array,
  Uint16: Uint16Array,
  Uint32: Uint32Array,
} as const;

/**
 * An integer that would be rounded doesn't fit; but floats may be, where 32 bits were asked for.
 *
 * @returns `undefined` where JavaScript has no such floats
 */
export function floatsFor(
  { values, validity }: NumberForm,
  precision: number,
  misfit: Misfit,
): NumericArray | undefined {
  // 1 is single and 2 double precision; of half precision JavaScript has had no arrays for long.
  if (precision === 0) return undefined;
  const Floats = precision === 1 ? Float32Array : Float64Array;
  if (values instanceof Floats) return values;
  const floats = new Floats(values.length);
  for (let i = 0; i < values.length; i++) {
    if (isNull(validity, i)) continue;
    const value = values[i] as number | bigint;
    if (typeof value === "bigint" && !Number.isSafeInteger(Number(value))) misfit(i);
    floats[i] = Number(value);
  }
  return floats;
}
