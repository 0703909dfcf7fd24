import { isBrokenValue } from "../broken-value.ts";
import type { RecordBatch } from "../decoder.ts";
import { type ObjectFactory, objectFactory, objectOf } from "./object-factory.ts";

/** A batch of records that were read value by value. */
export class RowBatch implements RecordBatch {
  readonly #rows: unknown[][];
  #broken: boolean | undefined;

  constructor(rows: unknown[][]) {
    this.#rows = rows;
  }

  get type(): "RECORD" {
    return "RECORD";
  }

  get length(): number {
    return this.#rows.length;
  }

  get broken(): boolean {
    this.#broken ??= this.#rows.some((row) => row.some(isBrokenValue));
    return this.#broken;
  }

  rows(): unknown[][] {
    return this.#rows;
  }

  objects(fields: readonly string[]): Record<string, unknown>[] {
    return rowObjects(this.#rows, fields);
  }
}

/** Below this many rows generated code isn't worth its compilation. */
const fewRows = 16;

let latest: { readonly fields: readonly string[]; readonly make: ObjectFactory } | undefined;

/** Rows as plain objects; batches of one result, given the same array of fields, share one factory. */
export function rowObjects(rows: readonly unknown[][], fields: readonly string[]): Record<string, unknown>[] {
  if (latest?.fields !== fields) {
    if (rows.length < fewRows) return rows.map((row) => objectOf(fields, row, 0));
    latest = { fields, make: objectFactory(fields) };
  }
  const { make } = latest;
  return rows.map((row) => make(row, 0));
}
