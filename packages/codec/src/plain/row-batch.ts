import { isBrokenValue } from "../broken-value.ts";
import { columnOf } from "../columns/column-of.ts";
import { ColumnTable } from "../columns/column-table.ts";
import type { RecordBatch } from "../decoder.ts";
import type { Profile } from "../profile.ts";
import { type ObjectFactory, objectFactory, objectOf } from "./object-factory.ts";

/** What the consumer of a result asks its batches for: arrays (`undefined`), or objects of these fields. */
export interface RowForm {
  fields: readonly string[] | undefined;
  /** Whether it asked for columns. */
  byColumns?: boolean;
}

/** A batch of records that were read value by value. */
export class RowBatch implements RecordBatch {
  readonly length: number;
  readonly #form: RowForm | undefined;
  readonly #profile: Profile;
  #rows: unknown[][] | undefined;
  #objects: readonly Record<string, unknown>[] = [];
  #fields: readonly string[] | undefined;
  #broken: boolean | undefined;

  /**
   * @param rows the records' values, or where `fields` are given, the records as objects of these fields, all different.
   * @param profile what the values were read by.
   * @param form where to note what is asked for, so that the next batch is made so in the first place.
   */
  constructor(
    rows: unknown[][] | Record<string, unknown>[],
    profile: Profile,
    form?: RowForm,
    fields?: readonly string[],
  ) {
    this.length = rows.length;
    this.#profile = profile;
    this.#form = form;
    this.#fields = fields;
    if (fields === undefined) this.#rows = rows as unknown[][];
    else this.#objects = rows as Record<string, unknown>[];
  }

  get type(): "RECORD" {
    return "RECORD";
  }

  get broken(): boolean {
    this.#broken ??= this.rows().some((row) => row.some(isBrokenValue));
    return this.#broken;
  }

  rows(): unknown[][] {
    if (this.#form !== undefined) this.#form.fields = undefined;
    return this.#ownRows();
  }

  objects(fields: readonly string[]): Record<string, unknown>[] {
    if (this.#form !== undefined) this.#form.fields = fields;
    // The list is the caller's to change, ours is not.
    if (this.#fields !== undefined && sameFields(this.#fields, fields)) return this.#objects.slice();
    return rowObjects(this.#ownRows(), fields, this.#profile.codeGeneration);
  }

  columns(fields: readonly string[]): ColumnTable {
    if (this.#form !== undefined) this.#form.byColumns = true;
    return tableOfRows(this.#ownRows(), fields, this.#profile);
  }

  #ownRows(): unknown[][] {
    const fields = this.#fields as readonly string[];
    this.#rows ??= this.#objects.map((object) => fields.map((field) => object[field]));
    return this.#rows;
  }
}

/** Rows by columns. */
export function tableOfRows(rows: readonly unknown[][], fields: readonly string[], profile: Profile): ColumnTable {
  checkFields(fields, rows[0]?.length ?? 0);
  const columns = fields.map((_, i) => {
    return columnOf(
      rows.map((row) => row[i]),
      profile,
    );
  });
  return new ColumnTable(rows.length, fields, columns);
}

/** @throws RangeError unless there is a name for each value. */
export function checkFields(fields: readonly string[], width: number): void {
  if (fields.length === width) return;
  throw new RangeError(`the records have ${width} values, ${fields.length} names were given`);
}

function sameFields(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((field, i) => field === b[i]));
}

/** Below this many rows generated code isn't worth its compilation. */
const fewRows = 16;

let latest:
  | { readonly fields: readonly string[]; readonly generate: boolean; readonly make: ObjectFactory }
  | undefined;

/** Rows as plain objects; batches of one result, given the same array of fields, share one factory. */
export function rowObjects(
  rows: readonly unknown[][],
  fields: readonly string[],
  generate: boolean,
): Record<string, unknown>[] {
  if (latest?.fields !== fields || latest.generate !== generate) {
    if (rows.length < fewRows) return rows.map((row) => objectOf(fields, row, 0));
    latest = { fields, generate, make: objectFactory(fields, generate) };
  }
  const { make } = latest;
  return rows.map((row) => make(row, 0));
}
