import { isBrokenValue } from "../broken-value.ts";
import type { RecordBatch } from "../decoder.ts";
import { rowObjects } from "../plain/row-batch.ts";
import type { Cells } from "./cells.ts";
import { type AddRows, addRows } from "./materialise.ts";
import type { WasmMemory } from "./memory.ts";

/** How a batch makes its values, for arrays and for objects of the given keys. */
export interface RowMakers {
  readonly arrays: AddRows;
  objects(keys: readonly string[]): AddRows;
  /** Reads a row by the plain reader, from the memory. */
  plainRow(row: number): unknown[];
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

  /** @param mayBreak false: no value of it can turn out to be broken. */
  constructor(length: number, width: number, memory: WasmMemory, cells: Cells, makers: RowMakers, mayBreak: boolean) {
    this.length = length;
    this.#width = width;
    this.#memory = memory;
    this.#cells = cells;
    this.#makers = makers;
    if (!mayBreak) this.#broken = false;
    memory.house(this);
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
    const rows: unknown[][] = [];
    const makers = this.#makers as RowMakers;
    const wasBroken = addRows(makers.arrays, this.#cells as Cells, this.length, rows, (row) => makers.plainRow(row));
    if (!wasBroken) this.#broken = false;
    this.#moveOut();
    this.#rows = rows;
    return rows;
  }

  objects(fields: readonly string[]): Record<string, unknown>[] {
    const makers = this.#makers;
    const direct = makers !== undefined && fields.length === this.#width && new Set(fields).size === fields.length;
    if (!direct || fields.includes("__proto__")) return rowObjects(this.rows(), fields);
    const list: Record<string, unknown>[] = [];
    const instead = (row: number): unknown => rowObjects([makers.plainRow(row)], fields)[0];
    const wasBroken = addRows(makers.objects(fields), this.#cells as Cells, this.length, list, instead);
    if (!wasBroken) this.#broken = false;
    this.#moveOut();
    this.#objects = { fields, list: list.slice() };
    return list;
  }

  /** The memory is needed for others. */
  leave(): void {
    if (this.#makers !== undefined) this.rows();
  }

  #moveOut(): void {
    this.#memory?.left(this);
    this.#memory = undefined;
    this.#cells = undefined;
    this.#makers = undefined;
  }
}
