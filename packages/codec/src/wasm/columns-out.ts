import {
  BooleanColumn,
  type Column,
  DictionaryColumn,
  ListColumn,
  NullColumn,
  NumberColumn,
  StringColumn,
  ValuesColumn,
} from "../columns/column.ts";
import { columnOf, mapColumn, structureColumn } from "../columns/column-of.ts";
import type { ActiveStructure, Profile } from "../profile.ts";
import { withoutNulls } from "../values.ts";
import type { Cells } from "./cells.ts";
import type { Cell, MapCells, StructureCells } from "./layout.ts";
import {
  BOOLEAN,
  FLOAT64,
  FLOATS,
  INT32,
  INT64,
  SPAN_STRING,
  SPAN_STRINGS,
  STRING,
  TAG_NULL,
  TAG_PREDICTED,
  WIDE_INTEGER,
} from "./operations.ts";
import type { Plan } from "./plan.ts";
import type { Program } from "./program.ts";
import { rowsThatTell } from "./rows-that-tell.ts";

/** Which rows have no value at a place: a byte a row, not 0. */
type Absent = Uint8Array | undefined;

/** Takes the columns of a batch out of the memory, without making rows. */
export class ColumnsOut {
  readonly #cells: Cells;
  readonly #plan: Plan;
  readonly #program: Program;
  readonly #variant: string;
  readonly #dirty: Uint8Array;
  readonly #rows: number;
  readonly #profile: Profile;

  /** @param dirty by column, whether some cell of it is not of the predicted kind, as the plan says it. */
  constructor(cells: Cells, plan: Plan, dirty: string, rows: number, profile: Profile) {
    this.#cells = cells;
    this.#plan = plan;
    this.#program = plan.program;
    this.#variant = dirty;
    this.#dirty = Uint8Array.from(dirty, Number);
    this.#rows = rows;
    this.#profile = profile;
  }

  /** @param plainRow reads a row that holds a value that can't be decoded. */
  columns(plainRow: (row: number) => unknown[]): Column[] {
    return this.#program.columns.map((cell, i) => {
      try {
        return this.#column(cell, undefined, false);
      } catch {
        const maker = this.#plan.readerOf(cell, this.#variant);
        const { rows } = maker.make(this.#cells, this.#rows, (row) => [plainRow(row)[i]]);
        return columnOf(
          rows.map((row) => (row as unknown[])[0]),
          this.#profile,
        );
      }
    });
  }

  /** @param sparse whether it holds the properties of nodes or relationships: one that is null is none. */
  #column(cell: Cell, absentAbove: Absent, sparse: boolean): Column {
    const absent = this.#absent(cell, absentAbove);
    if (absent === null) return this.#values(cell, absentAbove, sparse);
    const nulls = absent === undefined ? 0 : countOf(absent);
    if (nulls > 0 && nulls === this.#rows) return new NullColumn(this.#rows);
    const validity = nulls === 0 ? undefined : presence(absent as Uint8Array);
    if (cell.kind === "flat") {
      const fields = cell.fields.map((field) => this.#column(field, absent, false));
      return this.#structures(cell.structure, fields, validity);
    }
    if (cell.kind === "leaf") return this.#leaf(cell, absent, validity) ?? this.#values(cell, absentAbove, sparse);
    const [only, another] = cell.alternatives;
    if (only === undefined || another !== undefined) return this.#values(cell, absentAbove, sparse);
    return this.#split(only, absent, validity, sparse);
  }

  #split(cells: MapCells | StructureCells, absent: Absent, validity: Uint8Array | undefined, sparse: boolean): Column {
    if (cells.kind === "map") {
      const columns = cells.values.map((value) => this.#column(value, absent, false));
      return mapColumn(this.#rows, cells.keys, columns, validity, sparse, this.#profile.codeGeneration);
    }
    const { structure } = cells;
    const fields = cells.fields.map((field, i) => {
      return this.#column(field, absent, structure.isEntity && structure.table.fields[i]?.type.kind === "map");
    });
    return this.#structures(structure, fields, validity);
  }

  /** Values that can't be made (a date out of range, an unknown zone) throw here, where their rows can still be read in another way. */
  #structures(structure: ActiveStructure, fields: readonly Column[], validity: Uint8Array | undefined): Column {
    const column = structureColumn(this.#rows, structure, fields, validity);
    if (structure.isEntity && this.#profile.integers !== "number") return column;
    const telling = rowsThatTell(structure, fields, this.#rows);
    if (telling === undefined) column.toArray();
    else for (const row of telling) column.get(row);
    return column;
  }

  /** The rows without a value; null if some cells are of another kind than predicted. */
  #absent(cell: Cell, above: Absent): Absent | null {
    if (this.#dirty[cell.column] === 0) return above;
    const { u8 } = this.#cells.memory;
    const tags = this.#tags(cell.column);
    const absent = new Uint8Array(this.#rows);
    let some = above !== undefined;
    for (let i = 0; i < this.#rows; i++) {
      const tag = u8[tags + i] as number;
      if (above !== undefined && above[i] !== 0) absent[i] = 1;
      else if (tag === TAG_NULL) some = (absent[i] = 1) === 1;
      else if (tag !== TAG_PREDICTED) return null;
    }
    return some ? absent : undefined;
  }

  /** A cell's values one by one; a null where there is none. */
  #values(cell: Cell, absent: Absent, sparse: boolean): Column {
    const { add } = this.#plan.readerOf(cell, this.#variant);
    const rows = new Array<unknown>(this.#rows);
    if (absent === undefined) add(this.#cells, 0, this.#rows, rows);
    else {
      for (let i = 0; i < this.#rows; i++) {
        if (absent[i] !== 0) rows[i] = [null];
        else add(this.#cells, i, i + 1, rows);
      }
    }
    const values = rows.map((row) => (row as unknown[])[0]);
    if (sparse) for (const value of values) if (typeof value === "object" && value !== null) withoutNulls(value);
    // Of several shapes: they have no columns in common.
    const mixed = cell.kind === "choice" && cell.alternatives.length > 1;
    return mixed ? new ValuesColumn(values) : columnOf(values, this.#profile);
  }

  #leaf(cell: Cell & { kind: "leaf" }, absent: Absent, validity: Uint8Array | undefined): Column | undefined {
    const { memory } = this.#cells;
    const words = this.#slots(cell.column) / 4;
    const doubles = words / 2;
    switch (cell.predicts) {
      case INT32:
        return new NumberColumn("int32", this.#words(words, absent), validity);
      case WIDE_INTEGER:
        return integers(present(memory.f64.slice(doubles, doubles + this.#rows), absent, 0), validity);
      case FLOAT64:
        return new NumberColumn(
          "float64",
          present(memory.f64.slice(doubles, doubles + this.#rows), absent, 0),
          validity,
        );
      case INT64:
        return new NumberColumn(
          "int64",
          present(memory.i64.slice(doubles, doubles + this.#rows), absent, 0n),
          validity,
        );
      case BOOLEAN:
        return new BooleanColumn(this.#lowBytes(words, absent), validity);
      case STRING:
        return this.#strings(cell.column, absent, validity);
      case SPAN_STRING:
      case SPAN_STRINGS:
        return this.#dictionary(words, cell.predicts === SPAN_STRINGS, absent, validity);
      case FLOATS:
        return this.#floats(words, absent, validity);
      default:
        return undefined;
    }
  }

  /** The first 32 bits of each slot. */
  #words(from: number, absent: Absent): Int32Array {
    const { i32 } = this.#cells.memory;
    const values = new Int32Array(this.#rows);
    for (let i = 0; i < values.length; i++) values[i] = i32[from + i * 2] as number;
    return present(values, absent, 0);
  }

  /** The first 8 bits of each slot. */
  #lowBytes(from: number, absent: Absent): Uint8Array {
    const { u8 } = this.#cells.memory;
    const values = new Uint8Array(this.#rows);
    for (let i = 0, at = from * 4; i < values.length; i++, at += 8) values[i] = u8[at] as number;
    return present(values, absent, 0);
  }

  #strings(column: number, absent: Absent, validity: Uint8Array | undefined): Column {
    const { memory } = this.#cells;
    const { areas, u8, exports } = memory;
    const isDirty = this.#dirty[column] !== 0;
    let tags = isDirty ? this.#tags(column) : 0;
    if (absent !== undefined) {
      // Behind the offsets, which take 4 bytes a row: tags that tell of the values above as well.
      const combined = areas.text + (this.#rows + 1) * 4;
      for (let i = 0; i < this.#rows; i++) {
        u8[combined + i] = absent[i] !== 0 ? TAG_NULL : isDirty ? (u8[tags + i] as number) : TAG_PREDICTED;
      }
      tags = combined;
    }
    const length = exports.gatherStrings(this.#slots(column), this.#rows, tags);
    const offsets = memory.i32.slice(areas.text / 4, areas.text / 4 + this.#rows + 1);
    return new StringColumn(offsets, u8.slice(areas.output, areas.output + length), validity);
  }

  /** The part of the memory's dictionary that the column uses. */
  #dictionary(words: number, lists: boolean, absent: Absent, validity: Uint8Array | undefined): Column {
    const { memory } = this.#cells;
    const spans = lists ? memory.lists : memory.spans;
    const ids = this.#words(words, absent);
    const numbers = new Int32Array(spans.length).fill(-1);
    const dictionary: unknown[] = [];
    for (let i = 0; i < ids.length; i++) {
      if (absent !== undefined && absent[i] !== 0) continue;
      const id = ids[i] as number;
      if (numbers[id] === -1) numbers[id] = dictionary.push(spans[id]) - 1;
      ids[i] = numbers[id] as number;
    }
    return new DictionaryColumn(ids, dictionary, validity);
  }

  #floats(words: number, absent: Absent, validity: Uint8Array | undefined): Column {
    const { i32, f64, areas } = this.#cells.memory;
    const offsets = new Int32Array(this.#rows + 1);
    for (let i = 0; i < this.#rows; i++) {
      const isAbsent = absent !== undefined && absent[i] !== 0;
      offsets[i + 1] = (offsets[i] as number) + (isAbsent ? 0 : (i32[words + i * 2 + 1] as number));
    }
    const items = new Float64Array(offsets[this.#rows] as number);
    for (let i = 0; i < this.#rows; i++) {
      const length = (offsets[i + 1] as number) - (offsets[i] as number);
      const from = areas.vectors / 8 + (i32[words + i * 2] as number);
      if (length > 0) items.set(f64.subarray(from, from + length), offsets[i]);
    }
    return new ListColumn(
      offsets,
      new NumberColumn("float64", items, undefined),
      validity,
      this.#profile.floatLists === "typed",
    );
  }

  #slots(column: number): number {
    return this.#cells.memory.areas.slots + column * this.#program.capacity * 8;
  }

  #tags(column: number): number {
    return this.#cells.memory.areas.tags + column * this.#program.capacity;
  }
}

/** Nothing of other batches where there is no value. */
function present<Values extends Uint8Array | Int32Array | Float64Array | BigInt64Array>(
  values: Values,
  absent: Absent,
  nothing: Values[number],
): Values {
  if (absent !== undefined) for (let i = 0; i < values.length; i++) if (absent[i] !== 0) values[i] = nothing;
  return values;
}

/** How many bytes aren't 0; they are 0 or 1. */
function countOf(absent: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < absent.length; i++) count += absent[i] as number;
  return count;
}

/** Bits of the rows that have a value. */
function presence(absent: Uint8Array): Uint8Array {
  const bits = new Uint8Array((absent.length + 7) >> 3);
  for (let i = 0; i < absent.length; i++)
    bits[i >> 3] = (bits[i >> 3] as number) | (((absent[i] as number) ^ 1) << (i & 7));
  return bits;
}

/** Safe integers: of 32 bits, if all are. */
function integers(values: Float64Array, validity: Uint8Array | undefined): Column {
  for (let i = 0; i < values.length; i++) {
    if ((values[i] as number) !== ((values[i] as number) | 0)) return new NumberColumn("int53", values, validity);
  }
  return new NumberColumn("int32", new Int32Array(values), validity);
}
