import { isBrokenValue } from "../broken-value.ts";
import type { Column } from "../columns/column.ts";
import { ColumnTable } from "../columns/column-table.ts";
import type { RecordBatch } from "../decoder.ts";
import { checkFields, rowObjects, tableOfRows } from "../plain/row-batch.ts";
import type { Profile } from "../profile.ts";
import type { Cells } from "./cells.ts";
import type { WasmMemory } from "./memory.ts";
import type { RowMaker } from "./row-maker.ts";

/** How a batch makes its values, for arrays and for objects of the given keys. */
export interface RowMakers {
  readonly arrays: RowMaker;
  /** `undefined`: objects of these keys are made of arrays. */
  objects(keys: readonly string[]): RowMaker | undefined;
  /** Reads a row by the plain reader, from the memory. */
  plainRow(row: number): unknown[];
  columns(): Column[];
}

/**
 * Records as the pass left them in the memory. Their values are made when they are asked for, or when the memory is
 * needed for others, whichever comes first.
 */
export class ColumnBatch implements RecordBatch {
  readonly length: number;
  readonly #width: number;
  #memory: WasmMemory | undefined;
  #cells: Cells | undefined;
  #makers: RowMakers | undefined;
  #rows: unknown[][] | undefined;
  #objects: { readonly fields: readonly string[]; readonly list: Record<string, unknown>[] } | undefined;
  #broken: boolean | undefined;
  #columns: readonly Column[] | undefined;
  readonly #profile: Profile;

  /** @param mayBreak false: no value of it can turn out to be broken. */
  constructor(
    length: number,
    width: number,
    memory: WasmMemory,
    makers: RowMakers | undefined,
    profile: Profile,
    mayBreak: boolean,
  ) {
    this.length = length;
    this.#width = width;
    this.#memory = memory;
    this.#cells = memory.cells;
    this.#makers = makers;
    this.#profile = profile;
    if (!mayBreak) this.#broken = false;
  }

  get type(): "RECORD" {
    return "RECORD";
  }

  get broken(): boolean {
    if (this.#broken === undefined) this.#broken = this.rows().some((row) => row.some(isBrokenValue));
    return this.#broken;
  }

  rows(): unknown[][] {
    if (this.#rows !== undefined) return this.#rows;
    if (this.#objects !== undefined) {
      const { fields, list } = this.#objects;
      this.#rows = list.map((object) => fields.map((field) => object[field]));
      return this.#rows;
    }
    if (this.#makers === undefined) {
      // They left the memory as columns.
      const values = (this.#columns as readonly Column[]).map((column) => column.toArray());
      this.#rows = Array.from({ length: this.length }, (_, row) => values.map((column) => column[row]));
      return this.#rows;
    }
    const makers = this.#makers;
    const made = makers.arrays.make(this.#cells as Cells, this.length, (row) => makers.plainRow(row));
    const rows = made.rows as unknown[][];
    if (!made.wasBroken) this.#broken = false;
    this.#moveOut();
    this.#rows = rows;
    return rows;
  }

  objects(fields: readonly string[]): Record<string, unknown>[] {
    const makers = this.#makers;
    const maker = makers?.objects(fields);
    if (makers === undefined || maker === undefined) {
      return rowObjects(this.rows(), fields, this.#profile.codeGeneration);
    }
    const instead = (row: number): unknown => rowObjects([makers.plainRow(row)], fields, false)[0];
    const made = maker.make(this.#cells as Cells, this.length, instead);
    const list = made.rows as Record<string, unknown>[];
    if (!made.wasBroken) this.#broken = false;
    this.#moveOut();
    this.#objects = { fields, list: list.slice() };
    return list;
  }

  columns(fields: readonly string[]): ColumnTable {
    checkFields(fields, this.#width);
    if (this.#columns === undefined && this.#makers === undefined) {
      this.#columns = tableOfRows(this.rows(), fields, this.#profile).columns;
    }
    // The batch stays where it is: rows may be asked for as well.
    this.#columns ??= (this.#makers as RowMakers).columns();
    return new ColumnTable(this.length, fields.slice(), this.#columns);
  }

  /** The memory is needed for others. */
  leave(): void {
    if (this.#makers === undefined) return;
    if (this.#columns === undefined) this.rows();
    else this.#moveOut();
  }

  #moveOut(): void {
    this.#memory?.left(this);
    this.#memory = undefined;
    this.#cells = undefined;
    this.#makers = undefined;
  }
}
