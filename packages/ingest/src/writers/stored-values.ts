/** Values as files with typed columns hold them. */
import type { Date as Day, LocalDateTime, LocalTime, Vector } from "@fulgur/neo4j-types";
import { kindOf } from "@fulgur/neo4j-types";
import { jsonText } from "./cell-text.ts";
import type { SeenKind } from "./column-kind.ts";

/** Of a value that isn't null. @throws RangeError that says why the column can't hold it */
export type Store = (value: never) => unknown;

/**
 * Integers become bigints, days and times the counts since 1970 and midnight, lists arrays, what has no type of its own a text.
 */
export function storeOf(kind: SeenKind): Store {
  if (kind.endsWith("[]")) return listStore(storeOf(kind.slice(0, -2) as SeenKind));
  switch (kind) {
    case "integer":
      return (value: number | bigint | { readonly value: bigint }) =>
        BigInt(typeof value === "object" ? value.value : value);
    case "float":
      return floatOf;
    case "text":
      return String;
    case "json":
      return jsonText;
    case "date":
      return ({ epochDays }: Day) => {
        if ((epochDays | 0) !== epochDays) throw new RangeError("a date is too far from 1970 for 32 bits of days");
        return epochDays;
      };
    case "localtime":
      return ({ nanosecondOfDay }: LocalTime) => BigInt(nanosecondOfDay);
    case "localdatetime":
    case "datetime":
      return (value: LocalDateTime | Date) => countOf(value, 1_000_000n);
    case "localdatetime_ns":
    case "datetime_ns":
      return (value: LocalDateTime | Date) => countOf(value, 1_000_000_000n);
    default:
      return (value: unknown) => value;
  }
}

function listStore(item: Store): Store {
  return (list: ArrayLike<unknown> | Vector) => {
    const items = kindOf(list) === "Vector" ? (list as Vector).data : (list as ArrayLike<unknown>);
    return Array.from(items as ArrayLike<unknown>, (value) => (value === null ? null : item(value as never)));
  };
}

function floatOf(value: number | bigint | { readonly value: number }): number {
  if (typeof value === "number") return value;
  if (typeof value === "object") return value.value;
  const float = Number(value);
  if (BigInt(float) !== value) throw new RangeError("a whole number has more digits than a float holds");
  return float;
}

function countOf(value: LocalDateTime | Date, perSecond: bigint): bigint {
  const count =
    value instanceof Date
      ? BigInt(value.getTime()) * (perSecond / 1_000n)
      : BigInt(value.epochSeconds) * perSecond + BigInt(value.nanosecond) / (1_000_000_000n / perSecond);
  if (BigInt.asIntN(64, count) !== count) {
    const unit = perSecond === 1_000_000n ? "microseconds" : "nanoseconds";
    throw new RangeError(`a time is too far from 1970 for 64 bits of ${unit}`);
  }
  return count;
}
