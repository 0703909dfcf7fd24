import type { ColumnTable } from "../columns/column-table.ts";
import type { Packer } from "../plain/packer.ts";
import type { RowWriter, WriterScope } from "../plain/writer.ts";
import type { Profile } from "../profile.ts";
import { text } from "../text.ts";
import { type Extract, extractor } from "./extract.ts";
import { type WasmMemory, wasmMemory } from "./memory.ts";
import { type PackLayout, packLayout } from "./pack-program.ts";
import { SendCells, tooMuchEncoded } from "./send-cells.ts";
import { hasKeys, type SendField, type SendShape, shapeOf } from "./send-shape.ts";
import { fillCells, tableFields } from "./send-table.ts";

/** Puts the values of some rows in the cells. */
type Fill = (from: number, to: number) => void;

const maxExtractors = 64;
/** A call with so few rows whose text is still too much is the plain engine's. */
const fewestRows = 16;
/** With more odd cells and rows than that among a list's rows, its shape is learned anew for the next one. */
const manyOdd = 0.1;
/** What `#pack` says instead of a length. */
const tooMuchText = -1;
const notUtf8 = 0;

/** The encoder of a profile's lists of maps, or `undefined` where WebAssembly can't run. */
export function createRowEncoder(
  profile: Profile,
  scope: WriterScope,
  generate: boolean = profile.codeGeneration,
): RowEncoder | undefined {
  const memory = wasmMemory();
  return memory === undefined ? undefined : new RowEncoder(profile, memory, scope, generate);
}

/**
 * Packs a list of maps, such as the rows of `UNWIND $rows`, by way of columns. It writes exactly what the plain engine
 * writes, or nothing: rows that have little in common, and every error, are left to that one. Values and rows that are
 * unlike the others are encoded by the plain writer, and their bytes put in place.
 */
export class RowEncoder implements RowWriter {
  readonly #profile: Profile;
  readonly #memory: WasmMemory;
  readonly #generate: boolean;
  readonly #cells: SendCells;
  readonly #extractors = new Map<string, Extract>();
  /** Rows often come in batches of one shape. */
  #latest: SendShape | undefined;

  constructor(profile: Profile, memory: WasmMemory, scope: WriterScope, generate: boolean) {
    this.#profile = profile;
    this.#memory = memory;
    this.#generate = generate;
    this.#cells = new SendCells(profile, memory, scope);
  }

  /**
   * Writes the list's items, without the list's head.
   *
   * @param depth how many containers may still nest in the list.
   * @returns false if it wrote nothing.
   */
  write(rows: readonly unknown[], sink: Packer, depth: number): boolean {
    const shape = hasKeys(rows[0], this.#latest?.map.keys ?? []) ? this.#latest : shapeOf(rows, this.#profile);
    if (shape === undefined || depth < shape.depth) return false;
    this.#latest = shape;
    const extract = this.#extractor(shape);
    const wrote = this.#write(rows.length, shape.fields, sink, depth, (from, to) =>
      extract(this.#cells, rows, from, to),
    );
    if (!wrote || this.#cells.odd > rows.length * manyOdd) this.#latest = undefined;
    return wrote;
  }

  writeTable(table: ColumnTable, sink: Packer, depth: number): boolean {
    const fields = tableFields(table);
    if (fields === undefined || depth < 1) return false;
    return this.#write(table.length, fields, sink, depth, (from, to) => fillCells(this.#cells, table, from, to));
  }

  #write(rows: number, fields: readonly SendField[], sink: Packer, depth: number, fill: Fill): boolean {
    this.#memory.claim(this.#profile);
    this.#memory.program = undefined;
    const layout = packLayout(this.#memory.areas, fields);
    if (layout === undefined) return false;
    const mark = sink.mark();
    this.#cells.odd = 0;
    try {
      if (this.#pieces(rows, sink, depth, layout, fill)) return true;
    } catch {
      // The plain engine meets the same, and says where.
    }
    sink.backTo(mark);
    return false;
  }

  #pieces(rows: number, sink: Packer, depth: number, layout: PackLayout, fill: Fill): boolean {
    const { areas, u8 } = this.#memory;
    let step = layout.capacity;
    for (let from = 0; from < rows; ) {
      const to = Math.min(rows, from + step);
      const length = this.#pack(from, to, depth, layout, fill);
      if (length === tooMuchText && step > fewestRows) {
        step = step >> 1;
        continue;
      }
      if (length <= 0) return false;
      // The rest is likely as large.
      if (from === 0 && to < rows) sink.ensure(Math.ceil((length / to) * rows * 1.02));
      sink.append(u8.subarray(areas.output, areas.output + length));
      from = to;
    }
    return true;
  }

  #extractor(shape: SendShape): Extract {
    let extract = this.#extractors.get(shape.name);
    if (extract === undefined) {
      if (this.#extractors.size >= maxExtractors) this.#extractors.clear();
      extract = extractor(shape, this.#generate);
      this.#extractors.set(shape.name, extract);
    }
    return extract;
  }

  /** Packs some rows into the output area; how many bytes, or why not. */
  #pack(from: number, to: number, depth: number, layout: PackLayout, fill: Fill): number {
    const cells = this.#cells;
    const { columns, rows: whole } = layout.columns();
    cells.begin(columns, whole, to - from, depth);
    try {
      fill(from, to);
    } catch (error) {
      if (error === tooMuchEncoded) return tooMuchText;
      throw error;
    }
    const { areas, u8, exports } = this.#memory;
    let end = 0;
    layout.write(this.#memory, columns);
    for (const [i, column] of columns.entries()) {
      if (column.kind !== "string") continue;
      if (column.text.length * 3 > areas.textBytes - end) return tooMuchText;
      const length = text.encode(column.text, u8, areas.text + end);
      if (length < 0) return notUtf8;
      layout.setText(this.#memory, i, end, end + length, length === column.text.length);
      end += length;
    }
    const encoded = cells.encoded();
    if (encoded.length > areas.textBytes - end) return tooMuchText;
    u8.set(encoded, areas.text + end);
    const rowTags = whole.tagged ? whole.tags : 0;
    return exports.packRows(to - from, columns.length, whole.slots * 4, rowTags, areas.text + end);
  }
}
