import { kind } from "@fulgur/neo4j-types";
import { Packer } from "../plain/packer.ts";
import { Writer, type WriterScope } from "../plain/writer.ts";
import type { Profile } from "../profile.ts";
import type { WasmMemory } from "./memory.ts";
import { TAG_ENCODED, TAG_NULL } from "./operations.ts";
import type { ColumnKind } from "./send-shape.ts";
import { type FlatStructure, fieldsOf } from "./send-structure.ts";

/** A column of the rows to send. Its slots and tags lie in the memory, its strings are one text for now. */
export interface SendColumn {
  readonly kind: ColumnKind;
  /** How many maps its values are in. */
  readonly level: number;
  /** Its place among the columns; a structure's fields have the next ones. */
  readonly number: number;
  readonly structure: FlatStructure | undefined;
  /** Index of its first slot in 32-bit words, and of its first tag. */
  readonly slots: number;
  readonly tags: number;
  /** Its strings, one behind the other. */
  text: string;
  /** Whether its tags were written: some cell is null or encoded. */
  tagged: boolean;
}

/** Encoded values don't fit in the memory: fewer rows may. */
export const tooMuchEncoded: unique symbol = Symbol("too much encoded");

const minBigInt = -(2n ** 63n);
const maxBigInt = 2n ** 63n - 1n;

/** Puts values in the columns of rows to send. What isn't of its column's kind is encoded by the plain writer. */
export class SendCells {
  readonly memory: WasmMemory;
  columns: readonly SendColumn[] = [];
  /** For rows that are encoded as a whole. */
  rows: SendColumn | undefined;
  /** Cells and rows that were encoded one by one. */
  odd = 0;
  readonly #scratch = new Packer();
  readonly #writer: Writer;
  readonly #profile: Profile;
  readonly #maxDepth: number;
  #count = 0;
  /** How many containers the list is in, itself included. */
  #depth = 0;
  #begun = 0;

  constructor(profile: Profile, memory: WasmMemory, scope: WriterScope) {
    this.memory = memory;
    this.#profile = profile;
    this.#maxDepth = profile.maxDepth;
    this.#writer = new Writer(profile, this.#scratch, scope);
  }

  /**
   * Begins with so many rows.
   *
   * @param depth how many containers may still nest in the list.
   */
  begin(columns: readonly SendColumn[], rows: SendColumn, count: number, depth: number): void {
    this.columns = columns;
    this.rows = rows;
    this.#count = count;
    this.#depth = this.#maxDepth - depth;
    this.#scratch.drop();
    this.#scratch.beginValue();
    this.#begun = this.#scratch.mark();
  }

  /** What was encoded, until the next rows are begun. */
  encoded(): Uint8Array {
    return this.#scratch.peekValue();
  }

  /** A row that isn't like the others. */
  row(value: unknown, row: number): void {
    this.#encode(this.rows as SendColumn, value, row);
  }

  /** A value of any kind. */
  put(column: SendColumn, value: unknown, row: number): void {
    const { u32, f64, i64 } = this.memory;
    const slot = column.slots + row * 2;
    switch (column.kind) {
      case "number":
        if (typeof value !== "number") break;
        f64[slot >> 1] = value;
        return;
      case "string":
        if (typeof value !== "string") break;
        u32[slot + 1] = value.length;
        column.text += value;
        return;
      case "boolean":
        if (typeof value !== "boolean") break;
        u32[slot] = value ? 1 : 0;
        return;
      case "bigint":
        if (typeof value !== "bigint" || value < minBigInt || value > maxBigInt) break;
        i64[slot >> 1] = value;
        return;
      case "float": {
        if (typeof value !== "object" || value === null) break;
        const { [kind]: found, value: number } = value as { [kind]?: unknown; value?: unknown };
        if (found !== "Float" || typeof number !== "number") break;
        f64[slot >> 1] = number;
        return;
      }
      case "structure":
        if (!this.#putStructure(column, value, row)) break;
        return;
      default:
    }
    this.other(column, value, row);
  }

  /** The fields of a structure go into the columns behind its own. */
  #putStructure({ number, structure }: SendColumn, value: unknown, row: number): boolean {
    const fields = structure && fieldsOf(value, structure, this.#profile);
    if (fields === undefined) return false;
    const { f64, u32 } = this.memory;
    for (let i = 0; i < (structure as FlatStructure).kinds.length; i++) {
      const part = this.columns[number + 1 + i] as SendColumn;
      const field = fields[i] as number | string;
      if (typeof field === "string") {
        u32[part.slots + row * 2 + 1] = field.length;
        part.text += field;
      } else {
        f64[(part.slots >> 1) + row] = field;
      }
    }
    return true;
  }

  /** A value that isn't of its column's kind. @throws Unsendable */
  other(column: SendColumn, value: unknown, row: number): void {
    if (value === null) this.#tag(column, row, TAG_NULL);
    else this.#encode(column, value, row);
  }

  #encode(column: SendColumn, value: unknown, row: number): void {
    const scratch = this.#scratch;
    const from = scratch.mark();
    this.#writer.reset(this.#depth + column.level);
    this.#writer.any(value);
    const to = scratch.mark();
    if (to - this.#begun > this.memory.areas.textBytes) throw tooMuchEncoded;
    const slot = column.slots + row * 2;
    this.memory.u32[slot] = from - this.#begun;
    this.memory.u32[slot + 1] = to - from;
    this.#tag(column, row, TAG_ENCODED);
    if (column.kind !== "encoded") this.odd++;
  }

  #tag(column: SendColumn, row: number, tag: number): void {
    const { u8 } = this.memory;
    if (!column.tagged) {
      column.tagged = true;
      u8.fill(0, column.tags, column.tags + this.#count);
    }
    u8[column.tags + row] = tag;
  }
}
