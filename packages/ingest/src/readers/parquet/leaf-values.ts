/** What the values of a column of Parquet become. */
import { float } from "@fulgur/neo4j-driver";
import { exactInteger } from "@fulgur/neo4j-types";
import type { SchemaElement } from "hyparquet";
import { bigEndian, decimalOf } from "../decimal.ts";
import { clockOf, dayOf, type EpochUnit, momentOf } from "../epoch.ts";

/** Of a value that isn't null. */
export type Convert = (value: never) => unknown;

const units: Readonly<Record<string, EpochUnit>> = { MILLIS: "ms", MICROS: "us", NANOS: "ns" };

/**
 * By the logical type: integers are numbers, or bigints where these would be rounded; floats are `Float`; DATE, TIME and TIMESTAMP are the
 * driver's classes, with an offset of 0 where they are adjusted to UTC; a UUID, an ENUM and JSON are texts, unannotated bytes a Uint8Array.
 */
export function leafConvert(element: SchemaElement, decimals: "float" | "string"): Convert {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (logical?.type === "DECIMAL" || converted === "DECIMAL") return decimalConvert(element, decimals);
  if (logical?.type === "TIMESTAMP") return momentOf(units[logical.unit] as EpochUnit, logical.isAdjustedToUTC);
  if (logical?.type === "TIME") return clockOf(units[logical.unit] as EpochUnit, logical.isAdjustedToUTC);
  if (logical?.type === "FLOAT16") return float;
  switch (converted) {
    case "TIMESTAMP_MILLIS":
      return momentOf("ms", true);
    case "TIMESTAMP_MICROS":
      return momentOf("us", true);
    case "TIME_MILLIS":
      return clockOf("ms", true);
    case "TIME_MICROS":
      return clockOf("us", true);
    case "DATE":
      return dayOf;
    default:
  }
  switch (type) {
    case "INT64":
      return exactInteger;
    // Nothing says of which zone it is.
    case "INT96":
      return momentOf("ns", false);
    case "FLOAT":
    case "DOUBLE":
      return float;
    default:
      return itself;
  }
}

function decimalConvert({ type, logical_type, scale }: SchemaElement, decimals: "float" | "string"): Convert {
  const digits = (logical_type?.type === "DECIMAL" ? logical_type.scale : scale) ?? 0;
  if (type === "INT32" || type === "INT64") {
    return (value: number | bigint) => decimalOf(BigInt(value), digits, decimals);
  }
  return (value: Uint8Array) => decimalOf(bigEndian(value), digits, decimals);
}

export function itself(value: unknown): unknown {
  return value;
}
