/** What is used of Apache Arrow's library, which is given by whoever wants its tables: the driver depends on no version of it. */
import { ConfigurationError } from "@fulgur/neo4j-core";

// biome-ignore lint/suspicious/noExplicitAny: a library of any version, of which only these names are known
export type Any = any;
type AnyClass = new (...values: Any[]) => Any;

/** What is needed of `apache-arrow`: `import * as arrow from "apache-arrow"` has it. */
export interface ArrowLibrary {
  readonly makeData: (properties: Any) => Any;
  readonly Table: AnyClass;
  readonly RecordBatch: AnyClass;
  readonly Schema: AnyClass;
  readonly Field: AnyClass;
  readonly Vector: AnyClass;
  readonly Struct: AnyClass;
  readonly List: AnyClass;
  readonly FixedSizeList: AnyClass;
  readonly Dictionary: AnyClass;
  readonly Utf8: AnyClass;
  readonly Binary: AnyClass;
  readonly Bool: AnyClass;
  readonly Null: AnyClass;
  readonly Int8: AnyClass;
  readonly Int16: AnyClass;
  readonly Int32: AnyClass;
  readonly Int64: AnyClass;
  readonly Float32: AnyClass;
  readonly Float64: AnyClass;
  readonly DateDay: AnyClass;
  readonly TimeNanosecond: AnyClass;
  readonly TimestampMicrosecond: AnyClass;
  readonly TimestampNanosecond: AnyClass;
}

/** Arrow's numbers of its types, in any version of the library. */
export const arrowTypes = {
  dictionary: -1,
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  date: 8,
  time: 9,
  timestamp: 10,
  list: 12,
  struct: 13,
  fixedSizeBinary: 15,
  fixedSizeList: 16,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
} as const;

/** @throws ConfigurationError that says where to get it */
export function checkArrowLibrary(value: unknown): asserts value is ArrowLibrary {
  if (typeof value === "object" && value !== null) {
    const { makeData, Table, RecordBatch, Schema, Field } = value as Partial<ArrowLibrary>;
    if ([makeData, Table, RecordBatch, Schema, Field].every((part) => typeof part === "function")) return;
  }
  const advice = 'install apache-arrow and pass what `import * as arrow from "apache-arrow"` gives';
  throw new ConfigurationError(`The library of Apache Arrow is needed: ${advice}.`, { option: "arrow" });
}
