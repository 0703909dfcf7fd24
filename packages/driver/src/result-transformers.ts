/** What `executeQuery` makes of a result, in ready-made forms. */
import type { EagerResult } from "./eager.ts";
import type { Record } from "./record.ts";
import type { Result } from "./result.ts";
import type { AnyRow } from "./row.ts";
import type { ResultSummary } from "./summary.ts";

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

export const resultTransformers = {
  /** All records, the summary and the keys: what `executeQuery` gives without a transformer. */
  eager<Row extends object = AnyRow>(): ResultTransformer<EagerResult<Row>, Row> {
    return eagerTransformer;
  },

  /** Each record through `map`, then all through `collect`; records are not kept. */
  mapped<
    Row extends object = AnyRow,
    M = Record<Row>,
    T = { records: M[]; summary: ResultSummary; keys: readonly string[] },
  >({ map, collect }: MappedConfig<Row, M, T>): ResultTransformer<T, Row> {
    return async (result) => {
      const mapped: M[] = [];
      for await (const record of result) {
        const value = map === undefined ? (record as unknown as M) : map(record);
        if (value !== undefined) mapped.push(value);
      }
      const [summary, keys] = [await result.summary(), await result.keys()];
      return collect === undefined ? ({ records: mapped, summary, keys } as T) : collect(mapped, summary, keys);
    };
  },

  /** The first record, or null; the rest is thrown away. */
  first<Row extends object = AnyRow>(): ResultTransformer<Record<Row> | null, Row> {
    return (result) => result.single();
  },

  /** The only record; none or several are a ResultNotSingleError. */
  single<Row extends object = AnyRow>(): ResultTransformer<Record<Row>, Row> {
    return (result) => result.single({ strict: true });
  },

  /** The summary; the records are thrown away. */
  summary<Row extends object = AnyRow>(): ResultTransformer<ResultSummary, Row> {
    return (result) => result.consume();
  },

  /** All records as plain objects. */
  rows<Row extends object = AnyRow>(): ResultTransformer<Row[], Row> {
    return (result) => result.rows();
  },
} as const;
