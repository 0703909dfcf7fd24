/** What `executeQuery` makes of a result, in ready-made forms. */
import type { ColumnTable } from "@fulgur/neo4j-codec";
import { ConfigurationError } from "@fulgur/neo4j-core";
import type { EagerResult } from "./eager.ts";
import type { Record } from "./record.ts";
import type { Result } from "./result.ts";
import type { AnyRow } from "./row.ts";
import { checkSchema, type OutputOf, type StandardSchema } from "./row-schema.ts";
import type { ResultSummary } from "./summary.ts";
import type { ArrowLibrary } from "./table/arrow-library.ts";
import {
  type ArrowOptions,
  type ColumnsOptions,
  checkArrowOptions,
  checkColumnsOptions,
} from "./table/columns-options.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

/** Reads a result. It may be called several times, with another result each time. (EQ-14) */
export type ResultTransformer<T, Row extends object = AnyRow> = (result: Result<Row>) => PromiseLike<T> | T;

/** Knows by identity that a whole result is wanted, which may then travel in one flight. */
export const eagerTransformer = <Row extends object>(result: Result<Row>): Promise<EagerResult<Row>> =>
  result.toEagerResult();

export interface MappedConfig<Row extends object, M, T> {
  /** What becomes of each record; `undefined` leaves it out. Default: the record itself. */
  readonly map?: ((record: Record<Row>) => M | undefined) | undefined;
  /** What becomes of all of them. Default: an object with `records`, `summary` and `keys`. */
  readonly collect?: ((records: M[], summary: ResultSummary, keys: readonly string[]) => T) | undefined;
}

/** All records, the summary and the keys: what `executeQuery` gives without a transformer. */
function eager<Row extends object = AnyRow>(): ResultTransformer<EagerResult<Row>, Row> {
  return eagerTransformer;
}

/**
 * Each record through `map`, then all through `collect`; records are not kept.
 *
 * @throws ConfigurationError for an unknown option, and for one that is no function
 */
function mapped<
  Row extends object = AnyRow,
  M = Record<Row>,
  T = { records: M[]; summary: ResultSummary; keys: readonly string[] },
>(config: MappedConfig<Row, M, T>): ResultTransformer<T, Row> {
  const { map, collect } = checkMapped(config);
  return async (result) => {
    const all: M[] = [];
    for await (const record of result) {
      const value = map === undefined ? (record as unknown as M) : map(record);
      if (value !== undefined) all.push(value);
    }
    const [summary, keys] = [await result.summary(), await result.keys()];
    return collect === undefined ? ({ records: all, summary, keys } as T) : collect(all, summary, keys);
  };
}

function rows<Row extends object = AnyRow>(): ResultTransformer<Row[], Row>;
function rows<Schema extends StandardSchema>(schema: Schema): ResultTransformer<OutputOf<Schema>[]>;
function rows(schema?: StandardSchema): ResultTransformer<unknown> {
  if (schema === undefined) return (result) => result.rows();
  checkSchema(schema);
  return (result) => result.rows(schema);
}

/**
 * All records by columns, without making rows: see {@link Result.columns}.
 *
 * @throws ConfigurationError for an option that is unknown or wrong
 */
function columns(options: ColumnsOptions = {}): ResultTransformer<ColumnTable> {
  checkColumnsOptions(options);
  return (result) => result.columns(options);
}

/**
 * All records as a table of Apache Arrow: see {@link Result.toArrow}.
 *
 * @throws ConfigurationError for an option that is unknown or wrong, and for another library
 */
function arrow<Arrow extends ArrowLibrary>(
  library: Arrow,
  options: ArrowOptions = {},
): ResultTransformer<InstanceType<Arrow["Table"]>> {
  checkArrowOptions(library, options);
  return (result) => result.toArrow(library, options);
}

export const resultTransformers = {
  eager,
  mapped,
  /** As `eager`. */
  eagerResultTransformer: eager,
  /** As `mapped`. */
  mappedResultTransformer: mapped,
  /** All records as plain objects; with a Standard Schema, checked by it and typed as its output. */
  rows,
  columns,
  arrow,

  /** The first record, or null; the rest is thrown away. */
  first<Row extends object = AnyRow>(): ResultTransformer<Record<Row> | null, Row> {
    return async (result) => {
      const [first] = await result.fetch(1);
      await result.consume();
      return first ?? null;
    };
  },

  /** The only record; none or several are a ResultNotSingleError. */
  single<Row extends object = AnyRow>(): ResultTransformer<Record<Row>, Row> {
    return (result) => result.single({ strict: true });
  },

  /** The summary; the records are thrown away. */
  summary<Row extends object = AnyRow>(): ResultTransformer<ResultSummary, Row> {
    return (result) => result.consume();
  },
} as const;

function checkMapped<Row extends object, M, T>(config: MappedConfig<Row, M, T>): MappedConfig<Row, M, T> {
  if (typeof config !== "object" || config === null) {
    throw new ConfigurationError("resultTransformers.mapped takes an object with the functions `map` and `collect`.");
  }
  refuseUnknownKeys(config, ["map", "collect"], "mapped");
  for (const option of ["map", "collect"] as const) {
    if (config[option] === undefined || typeof config[option] === "function") continue;
    throw new ConfigurationError(`The option \`${option}\` of resultTransformers.mapped must be a function.`, {
      option,
    });
  }
  return config;
}
