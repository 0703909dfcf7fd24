import { type NumberKind, numberRowReader, type ReadNumberRows } from "../plain/number-rows.ts";
import { RowBatch, type RowForm } from "../plain/row-batch.ts";
import type { Profile } from "../profile.ts";
import type { RecordShape, Shape } from "./shape.ts";

/** Code for so many lists of keys is kept: keys are the caller's, and must not fill the memory. */
const maxForms = 16;

/**
 * How the records of a result are read whose values are all numbers, booleans and nulls: by JavaScript, straight from
 * the bytes into rows. Columns in between would cost more than they save here.
 */
export class NumberPlan {
  /** What this result's consumer asked for last; rows are made so in the first place. */
  readonly form: RowForm = { fields: undefined };
  /** Records read, and calls that read none. */
  rows = 0;
  vain = 0;
  readonly #literal: Uint8Array;
  readonly #kinds: readonly NumberKind[];
  readonly #profile: Profile;
  readonly #generate: boolean | undefined;
  readonly #readers = new Map<string, ReadNumberRows>();
  #latest: { readonly fields: readonly string[] | undefined; readonly read: ReadNumberRows } | undefined;

  constructor(literal: Uint8Array, kinds: readonly NumberKind[], profile: Profile, generate: boolean | undefined) {
    this.#literal = literal;
    this.#kinds = kinds;
    this.#profile = profile;
    this.#generate = generate;
  }

  get width(): number {
    return this.#kinds.length;
  }

  /** Reads as many records as can be; where the first one begins that was not, and the batch, if any was read. */
  read(bytes: Uint8Array, view: DataView, at: number, end: number): { batch: RowBatch | undefined; at: number } {
    const { form } = this;
    const fields = this.#usable(form.fields);
    const rows: unknown[] = [];
    const reached = this.#reader(fields)(bytes, view, at, end, rows);
    this.rows += rows.length;
    if (rows.length === 0) {
      this.vain++;
      return { batch: undefined, at: reached };
    }
    return { batch: new RowBatch(rows as unknown[][], this.#profile, form, fields), at: reached };
  }

  /** Fields of another number, or some of them equal: arrays first. */
  #usable(fields: readonly string[] | undefined): readonly string[] | undefined {
    if (fields === undefined || fields === this.#latest?.fields) return fields;
    const usable = fields.length === this.width && new Set(fields).size === fields.length;
    return usable && !fields.includes("__proto__") ? fields : undefined;
  }

  #reader(fields: readonly string[] | undefined): ReadNumberRows {
    if (this.#latest !== undefined && this.#latest.fields === fields) return this.#latest.read;
    const name = fields === undefined ? "" : JSON.stringify(fields);
    let read = this.#readers.get(name);
    if (read === undefined) {
      if (this.#readers.size >= maxForms) this.#readers.clear();
      read = numberRowReader({ literal: this.#literal, kinds: this.#kinds }, this.#profile, fields, this.#generate);
      this.#readers.set(name, read);
    }
    this.#latest = { fields, read };
    return read;
  }
}

/** The plan for a shape that holds nothing but numbers that fit, booleans and nulls; else `undefined`. */
export function numberPlanFor(shape: RecordShape, profile: Profile, generate?: boolean): NumberPlan | undefined {
  if (profile.integers === "bigint" || shape.columns.length === 0) return undefined;
  if (!shape.columns.every(isOfNumbers)) return undefined;
  return new NumberPlan(shape.literal, shape.columns.map(kindOfColumn), profile, generate);
}

function isOfNumbers(column: Shape): boolean {
  const others = column.bigIntegers + column.strings + column.floatLists + column.stringLists + column.others;
  return others === 0 && column.alternatives.length === 0;
}

function kindOfColumn(column: Shape): NumberKind {
  const integers = column.integers + column.wideIntegers;
  if (column.floats > integers && column.floats >= column.booleans) return "float";
  return column.booleans > integers ? "boolean" : "integer";
}
