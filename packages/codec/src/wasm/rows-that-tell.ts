import type { Column } from "../columns/column.ts";
import type { ActiveStructure } from "../profile.ts";

/** Of safe integers, whatever they are, these can be made. */
const madeOfIntegers: ReadonlySet<string> = new Set([
  "Date",
  "Time",
  "LocalTime",
  "LocalDateTime",
  "DateTime",
  "Duration",
]);

/**
 * Rows whose structures can only be made if those of all rows can; `undefined`: each has to be tried. To make them all takes ten
 * times as long as the columns do.
 */
export function rowsThatTell(
  { table }: ActiveStructure,
  fields: readonly Column[],
  rows: number,
): Iterable<number> | undefined {
  const { name } = table;
  if (madeOfIntegers.has(name)) return fields.every(isSafe) ? [] : undefined;
  const [first, second, third] = fields;
  if (name === "Point2D" || name === "Point3D") {
    return first?.type === "int32" && fields.slice(1).every(({ type }) => type === "float64")
      ? firstOfEach(first.values as Int32Array, first, rows)
      : undefined;
  }
  if (name !== "DateTimeZoneId" || third?.type !== "dictionary") return undefined;
  return isSafe(first as Column) && isSafe(second as Column) ? firstOfEach(third.indices, third, rows) : undefined;
}

function isSafe({ type }: Column): boolean {
  return type === "int32" || type === "int53";
}

/** The first row of each value; there are few. */
function firstOfEach(values: Int32Array, column: Column, rows: number): Iterable<number> {
  const found = new Map<number, number>();
  let last: number | undefined;
  for (let i = 0; i < rows; i++) {
    const value = values[i] as number;
    if (value === last || column.isNull(i)) continue;
    last = value;
    if (!found.has(value)) found.set(value, i);
  }
  return found.values();
}
