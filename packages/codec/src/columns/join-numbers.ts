import { type Column, NumberColumn, ValuesColumn } from "./column.ts";
import { joinValidity, lengthOf } from "./join-validity.ts";

/**
 * Columns of numbers as one, as wide as it has to be. Integers beyond the safe ones and floats have no type in common.
 *
 * @param typed those of the parts that don't hold nothing but nulls.
 */
export function joinNumbers(parts: readonly Column[], typed: readonly NumberColumn[]): Column {
  const types = new Set(typed.map(({ type }) => type));
  const hasFloats = types.has("float64") || types.has("number");
  const validity = joinValidity(parts);
  if (types.has("int64")) {
    if (hasFloats) return new ValuesColumn(parts.flatMap((part) => part.toArray()));
    const mayBeNumbers = typed.some((column) => column.type !== "int64" || column.mayBeNumbers);
    return new NumberColumn("int64", int64s(parts), validity, mayBeNumbers);
  }
  if (types.size === 1 && types.has("int32")) {
    return new NumberColumn("int32", filled(parts, new Int32Array(lengthOf(parts))), validity);
  }
  const type = !hasFloats ? "int53" : types.size === 1 && types.has("float64") ? "float64" : "number";
  return new NumberColumn(type, filled(parts, new Float64Array(lengthOf(parts))), validity);
}

function int64s(parts: readonly Column[]): BigInt64Array {
  const all = new BigInt64Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    if (part instanceof NumberColumn) {
      for (let i = 0; i < part.length; i++) if (!part.isNull(i)) all[at + i] = BigInt(part.values[i] as number);
    }
    at += part.length;
  }
  return all;
}

function filled<Values extends Int32Array | Float64Array>(parts: readonly Column[], all: Values): Values {
  let at = 0;
  for (const part of parts) {
    if (part instanceof NumberColumn) all.set(part.values as Int32Array, at);
    at += part.length;
  }
  return all;
}
