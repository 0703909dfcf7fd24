import { kind, kindOf } from "@fulgur/neo4j-types";
import { flatStructures } from "../gen/assembly.ts";
import { Packer } from "../plain/packer.ts";
import type { RowWriter } from "../plain/writer.ts";
import type { ActiveStructure, Profile } from "../profile.ts";
import { text } from "../text.ts";
import { structureNameOf } from "../values.ts";
import { type ColumnKind, type Extract, extractor, isMap, put, type SendColumn } from "./extract.ts";
import { type WasmMemory, wasmMemory } from "./memory.ts";
import { BOOLEAN, FLOAT64, INT64, operationSize, STRING, STRUCTURE, WIDE_INTEGER } from "./operations.ts";

const maxKeys = 64;
const maxExtractors = 64;
/** Rows whose first non-null values tell the kinds of the columns. */
const maxLessons = 50;

/** A call with so few rows whose text is still too much is the plain engine's. */
const fewestRows = 16;
/** What `#pack` and `#strings` say instead of a length. */
const unlike = 0;
const tooMuchText = -1;
const notUtf8 = -2;

const operationOf: Readonly<Record<ColumnKind, number>> = {
  number: WIDE_INTEGER,
  float: FLOAT64,
  bigint: INT64,
  boolean: BOOLEAN,
  string: STRING,
  structure: STRUCTURE,
};

/** What is to be written for one column. */
interface Field {
  readonly key: string;
  readonly encodedKey: Uint8Array;
  readonly kind: ColumnKind;
  readonly structure: ActiveStructure | undefined;
  /** Its columns in the memory: its own, and those of the structure's fields. */
  readonly columns: number;
}

/** The encoder of a profile's lists of maps, or `undefined` where WebAssembly can't run. */
export function createRowEncoder(profile: Profile, generate?: boolean): RowEncoder | undefined {
  const memory = wasmMemory();
  return memory === undefined ? undefined : new RowEncoder(profile, memory, generate);
}

/**
 * Packs a list of maps of one shape, such as the rows of `UNWIND $rows`, by way of columns. It writes exactly what the
 * plain engine writes, or nothing: whatever it doesn't know, and every error, is left to that one.
 */
export class RowEncoder implements RowWriter {
  readonly #profile: Profile;
  readonly #memory: WasmMemory;
  readonly #generate: boolean | undefined;
  readonly #extractors = new Map<string, Extract>();

  constructor(profile: Profile, memory: WasmMemory, generate: boolean | undefined) {
    this.#profile = profile;
    this.#memory = memory;
    this.#generate = generate;
  }

  /**
   * Writes the list's items, without the list's head.
   *
   * @param depth how many containers may still nest in the list.
   * @returns false if it wrote nothing.
   */
  write(rows: readonly unknown[], sink: Packer, depth: number): boolean {
    // A row, and a structure in it.
    if (depth < 2) return false;
    const fields = this.#fields(rows);
    if (fields === undefined) return false;
    const extract = this.#extractor(fields);
    this.#memory.claim(this.#profile);
    this.#memory.program = undefined;
    const layout = this.#layout(fields);
    if (layout === undefined) return false;
    const { output } = this.#memory.areas;
    let written = 0;
    let step = layout.capacity;
    for (let from = 0; from < rows.length; ) {
      const to = Math.min(rows.length, from + step);
      const length = this.#pack(rows, from, to, fields, layout, extract);
      if (length === tooMuchText && step > fewestRows) {
        step = step >> 1;
        continue;
      }
      if (length <= 0) {
        sink.position -= written;
        return false;
      }
      sink.ensure(length);
      sink.bytes.set(this.#memory.u8.subarray(output, output + length), sink.position);
      sink.position += length;
      written += length;
      from = to;
    }
    return true;
  }

  /** The columns, as the first row's keys and the first values in them tell. */
  #fields(rows: readonly unknown[]): Field[] | undefined {
    const first = rows[0];
    if (!isMap(first)) return undefined;
    const keys = Object.keys(first);
    if (keys.length === 0 || keys.length > maxKeys) return undefined;
    const fields: Field[] = [];
    for (const key of keys) {
      const encodedKey = encodedString(key);
      const value = firstValue(rows, key);
      if (encodedKey === undefined || value === undefined) return undefined;
      const found = this.#kindOf(value);
      if (found === undefined) return undefined;
      const structure = found === "structure" ? this.#flat(value as object) : undefined;
      if (found === "structure" && structure === undefined) return undefined;
      fields.push({ key, encodedKey, kind: found, structure, columns: 1 + (structure?.size ?? 0) });
    }
    return fields;
  }

  #kindOf(value: unknown): ColumnKind | undefined {
    switch (typeof value) {
      case "number":
      case "bigint":
      case "boolean":
      case "string":
        return typeof value as ColumnKind;
      case "object":
        // A column of nothing but nulls, so far as was seen.
        if (value === null) return "boolean";
        return kindOf(value) === "Float" ? "float" : "structure";
      default:
        return undefined;
    }
  }

  #flat(value: object): ActiveStructure | undefined {
    const found = (value as { [kind]?: unknown })[kind];
    if (typeof found !== "string") return undefined;
    const active = this.#profile.structureByValue.get(structureNameOf(found, value));
    return active !== undefined && active.size > 0 && Object.hasOwn(flatStructures, active.table.name)
      ? active
      : undefined;
  }

  #extractor(fields: readonly Field[]): Extract {
    const name = JSON.stringify(fields.map(({ key, kind: of }) => [key, of]));
    let extract = this.#extractors.get(name);
    if (extract === undefined) {
      if (this.#extractors.size >= maxExtractors) this.#extractors.clear();
      extract = extractor(
        fields.map(({ key }) => key),
        fields.map(({ kind: of }) => of),
        this.#generate,
      );
      this.#extractors.set(name, extract);
    }
    return extract;
  }

  /** Writes the program and the keys; how many rows a call may have. */
  #layout(fields: readonly Field[]): Layout | undefined {
    const { areas, u8, view } = this.#memory;
    const columnCount = fields.reduce((sum, field) => sum + field.columns, 0);
    const keyBytes = fields.reduce((sum, field) => sum + field.encodedKey.length, 0);
    if (keyBytes + 64 > areas.literalsBytes || fields.length * operationSize > areas.programBytes) return undefined;
    // A value takes 9 bytes at most, a structure 2 more; the bytes of strings have the text's size on top.
    const rowBytes = 8 + keyBytes + columnCount * 9 + fields.length * 2;
    const room = areas.outputBytes - areas.textBytes - 4096;
    const capacity = Math.min(2243, Math.floor(areas.maxCells / columnCount), Math.floor(room / rowBytes));
    if (capacity < 1) return undefined;
    const head = mapHead(fields.length);
    u8.set(head, areas.literals);
    let at = areas.literals + head.length;
    let column = 0;
    for (const [i, field] of fields.entries()) {
      const operation = areas.program + i * operationSize;
      u8.fill(0, operation, operation + operationSize);
      u8[operation] = operationOf[field.kind];
      if (field.structure !== undefined) {
        u8[operation + 2] = flatStructures[field.structure.table.name];
        u8[operation + 3] = field.structure.size;
      }
      view.setUint32(operation + 4, areas.slots + column * capacity * 8, true);
      view.setUint16(operation + 24, column, true);
      view.setUint16(operation + 26, field.encodedKey.length, true);
      view.setUint32(operation + 28, at, true);
      u8.set(field.encodedKey, at);
      at += field.encodedKey.length;
      column += field.columns;
    }
    return { capacity, headBytes: head.length };
  }

  /** Packs some rows into the output area; how many bytes, or why not. */
  #pack(
    rows: readonly unknown[],
    from: number,
    to: number,
    fields: readonly Field[],
    { capacity, headBytes }: Layout,
    extract: Extract,
  ): number {
    const memory = this.#memory;
    const { areas } = memory;
    let next = 0;
    const columnAt = (key: string, of: ColumnKind): SendColumn => {
      const column = next++;
      const slots = (areas.slots + column * capacity * 8) / 4;
      return { key, kind: of, slots, tags: areas.tags + column * capacity, aside: [], nulls: false };
    };
    const columns = fields.map(({ key, kind: of, columns: count }) => {
      const column = columnAt(key, of);
      next += count - 1;
      return column;
    });
    if (!extract(memory, rows, from, to, columns)) return unlike;
    let textEnd = 0;
    const strings = (column: SendColumn): boolean => {
      if (column.kind === "string") textEnd = this.#strings(column, to - from, textEnd);
      return textEnd >= 0;
    };
    for (const [i, column] of columns.entries()) {
      const { structure } = fields[i] as Field;
      if (!strings(column)) return textEnd;
      if (structure !== undefined) {
        next = (column.slots * 4 - areas.slots) / 8 / capacity + 1;
        const parts = structure.table.fields.slice(0, structure.size).map(({ name, type }) => {
          return columnAt(name, type.kind === "string" ? "string" : "number");
        });
        if (!this.#structures(column, parts, structure, to - from)) return unlike;
        for (const part of parts) if (!strings(part)) return textEnd;
      }
      memory.u8[areas.program + i * operationSize + 1] = column.nulls ? 1 : 0;
    }
    return memory.exports.packRows(to - from, fields.length, capacity, headBytes);
  }

  /** Takes structures apart into the columns of their fields. */
  #structures(column: SendColumn, parts: readonly SendColumn[], structure: ActiveStructure, rows: number): boolean {
    for (const [row, value] of column.aside.entries()) {
      if (value === null) {
        for (const part of parts) if (part.kind === "string") put(this.#memory, part, "", row, rows);
        continue;
      }
      if (this.#flat(value as object) !== structure) return false;
      let fields: readonly unknown[];
      try {
        fields = structure.take(value as never);
      } catch {
        return false;
      }
      for (const [i, part] of parts.entries()) {
        const field = fields[i];
        if (field === null || !put(this.#memory, part, field, row, rows)) return false;
        const isInteger = structure.table.fields[i].type.kind === "integer";
        if (isInteger && !Number.isSafeInteger(field)) return false;
      }
    }
    return true;
  }

  /** Writes a column's strings as UTF-8, one behind the other; where the next ones go, or why not. */
  #strings(column: SendColumn, rows: number, from: number): number {
    const { areas, u8, exports } = this.#memory;
    const joined = (column.aside as string[]).join("");
    if (joined.length * 3 > areas.textBytes - from) return tooMuchText;
    const length = text.encode(joined, u8, areas.text + from);
    if (length < 0) return notUtf8;
    const isAscii = length === joined.length ? 1 : 0;
    return exports.stringColumn(column.slots * 4, rows, from, from + length, isAscii) ? from + length : notUtf8;
  }
}

interface Layout {
  readonly capacity: number;
  readonly headBytes: number;
}

/** The first value of a column that isn't null; null if there is none among the first rows, `undefined` if it lacks one. */
function firstValue(rows: readonly unknown[], key: string): unknown {
  const end = Math.min(rows.length, maxLessons);
  for (let i = 0; i < end; i++) {
    const row = rows[i];
    if (!isMap(row)) return undefined;
    const value = row[key];
    if (value !== null) return value;
  }
  return null;
}

function mapHead(size: number): Uint8Array {
  const packer = new Packer();
  packer.begin();
  packer.mapHeader(size);
  return packer.takeValue();
}

function encodedString(key: string): Uint8Array | undefined {
  const packer = new Packer();
  packer.begin();
  if (!packer.string(key)) return undefined;
  const encoded = packer.takeValue();
  return encoded.length < 0x1_0000 ? encoded : undefined;
}
