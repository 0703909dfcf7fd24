import { flatStructures } from "../gen/assembly.ts";
import type { Profile } from "../profile.ts";
import type { WireType } from "../tables.ts";
import type { Cell, FlatCell, LeafCell, MapCells, StructureCells } from "./layout.ts";
import type { Areas } from "./memory.ts";
import {
  ALTERNATIVES,
  ANY,
  ANYTHING,
  BOOLEAN,
  CHOSEN,
  END,
  FLOAT64,
  FLOATS,
  INT32,
  INT64,
  NOTHING,
  ONLY_BOOLEAN,
  ONLY_FLOAT,
  ONLY_INTEGER,
  ONLY_LIST_OF_STRINGS,
  ONLY_MAP,
  ONLY_STRING,
  operationSize,
  SPAN_STRING,
  SPAN_STRINGS,
  STRING,
  STRINGS,
  STRUCTURE,
  WIDE_INTEGER,
} from "./operations.ts";
import type { MapShape, RecordShape, Shape, StructureShape } from "./shape.ts";

/** For an area of operations and the tables of alternatives that belong to it. */
export interface Operations {
  readonly operations: Uint8Array<ArrayBuffer>;
  readonly tables: Uint8Array<ArrayBuffer>;
}

/** What the WebAssembly pass runs for each record of a result, and where the values are then. */
export interface Program extends Operations {
  /** The same for records that are just as predicted: no choice where only one shape was seen. */
  readonly fast: Operations;
  readonly columns: readonly Cell[];
  readonly columnCount: number;
  /** Rows that fit in a pass. */
  readonly capacity: number;
  /** Containers of the plan above the deepest value that stays encoded. */
  readonly depth: number;
}

/** Thrown where a shape needs more room than there is: the result is read by the plain engine. */
class TooLarge extends Error {}

/** As many rows as a region of records of 43 bytes has. Columns are not a multiple of a cache's size apart. */
const usualCapacity = 2243;
const maxLiteral = 8;

/** The program for records of a shape, or `undefined` if they are too wide, or nothing in them profits. */
export function compile(shape: RecordShape, profile: Profile, areas: Areas, spans: boolean): Program | undefined {
  // The addresses of the slots depend on the capacity, and that on the number of columns: a first run counts them.
  try {
    const usual = new Compiler(profile, areas, usualCapacity, spans, false).run(shape);
    const fitting = Math.floor(areas.maxCells / Math.max(1, usual.columnCount));
    const capacity = Math.min(usualCapacity, fitting % 2 === 0 ? fitting - 1 : fitting);
    const fits = capacity === usualCapacity;
    const program = fits ? usual : new Compiler(profile, areas, capacity, spans, false).run(shape);
    if (!profits(program)) return undefined;
    return { ...program, fast: new Compiler(profile, areas, capacity, spans, true).run(shape) };
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Where every column stays encoded the pass would only check what the plain reader checks as well. */
function profits(program: Pick<Program, "columns">): boolean {
  return program.columns.some((cell) => cell.kind !== "leaf" || cell.predicts !== ANY);
}

interface Operation {
  kind: number;
  only?: number;
  hint?: number;
  column?: number;
  count?: number;
  target?: number;
}

class Compiler {
  readonly #profile: Profile;
  readonly #areas: Areas;
  readonly #capacity: number;
  readonly #spans: boolean;
  readonly #fast: boolean;
  readonly #programAt: number;
  readonly #tablesAt: number;
  readonly #operations: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #tables: number[] = [];
  #at = 0;
  #columns = 0;
  #depth = 0;
  #deepest = 0;
  #literal: number[] = [];

  /** @param fast whether it is the program that reads nothing but what it predicts. */
  constructor(profile: Profile, areas: Areas, capacity: number, spans: boolean, fast: boolean) {
    this.#profile = profile;
    this.#areas = areas;
    this.#capacity = capacity;
    this.#spans = spans;
    this.#fast = fast;
    this.#programAt = fast ? areas.fastProgram : areas.program;
    this.#tablesAt = fast ? areas.fastTables : areas.literals;
    this.#operations = new Uint8Array(areas.programBytes);
    this.#view = new DataView(this.#operations.buffer);
  }

  run(shape: RecordShape): Omit<Program, "fast"> {
    this.#literal.push(...shape.literal);
    const columns = shape.columns.map((column) => this.#value(column));
    this.#emit({ kind: END });
    return {
      operations: this.#operations.slice(0, this.#at),
      tables: new Uint8Array(new Uint32Array(this.#tables).buffer),
      columns,
      columnCount: this.#columns,
      capacity: this.#capacity,
      depth: this.#deepest,
    };
  }

  /** A value of any type. */
  #value(shape: Shape): Cell {
    const { alternatives } = shape;
    if (alternatives.length === 0) return this.#leaf(this.#best(shape), ANYTHING);
    const only = alternatives.length === 1 ? alternatives[0] : undefined;
    if (only?.kind === "structure" && this.#isFlat(only)) return this.#flat(only);
    const usable = alternatives.filter((one) => one.kind === "map" || this.#canSplit(one));
    return usable.length === 0 ? this.#leaf(ANY, ANYTHING) : this.#choice(usable, ANYTHING, shape);
  }

  /** The operation for the kind of value that was most often there. */
  #best(shape: Shape): number {
    const integers = shape.integers + shape.wideIntegers + shape.bigIntegers;
    const span = this.#spans && shape.repeats;
    const wide = shape.wideIntegers > 0 ? WIDE_INTEGER : INT32;
    const candidates: [count: number, operation: number][] = [
      [integers, this.#profile.integers === "bigint" ? INT64 : wide],
      [shape.floats, FLOAT64],
      [shape.strings, span ? SPAN_STRING : STRING],
      [shape.booleans, BOOLEAN],
      [shape.floatLists, FLOATS],
      [shape.stringLists, span ? SPAN_STRINGS : STRINGS],
      [shape.others, ANY],
    ];
    let best: [number, number] = [0, this.#profile.integers === "bigint" ? INT64 : INT32];
    for (const candidate of candidates) if (candidate[0] > best[0]) best = candidate;
    return best[1];
  }

  #leaf(predicts: number, only: number): LeafCell {
    const column = this.#column();
    this.#emit({ kind: predicts, only, column });
    const field = only === ONLY_INTEGER ? "integer" : only === ONLY_LIST_OF_STRINGS ? "strings" : undefined;
    return { kind: "leaf", predicts, column, field };
  }

  #isFlat(shape: StructureShape): boolean {
    return shape.structure.size > 0 && Object.hasOwn(flatStructures, shape.structure.table.name);
  }

  /** A structure that the module reads by itself. */
  #flat(shape: StructureShape): FlatCell {
    const { structure } = shape;
    const column = this.#column();
    let bits = 0;
    const fields = structure.table.fields.slice(0, structure.size).map((field, i): LeafCell => {
      const isWide = field.type.kind === "integer" && shape.fields[i].wideIntegers > 0;
      const isSpan = field.type.kind === "string" && this.#spans && shape.fields[i].repeats;
      if (isWide || isSpan) bits |= 1 << i;
      const column = this.#column();
      if (field.type.kind === "string") {
        return { kind: "leaf", predicts: isSpan ? SPAN_STRING : STRING, column, field: undefined };
      }
      if (field.type.kind === "float") return { kind: "leaf", predicts: FLOAT64, column, field: undefined };
      return { kind: "leaf", predicts: isWide ? WIDE_INTEGER : INT32, column, field: "integer" };
    });
    const hint = flatStructures[structure.table.name];
    this.#emit({ kind: STRUCTURE, hint, column, count: structure.size, target: bits });
    return { kind: "flat", column, structure, fields };
  }

  /** Whether each field of a structure has an operation of its own. */
  #canSplit(shape: StructureShape): boolean {
    const { table, size } = shape.structure;
    return table.fields.slice(0, size).every(({ type, nullable }, i) => !nullable && canRead(type, shape.fields[i]));
  }

  /** @param seen all that was seen there. */
  #choice(shapes: readonly (MapShape | StructureShape)[], only: number, seen: Shape): Cell {
    const column = this.#column();
    if (this.#fast && shapes.length === 1 && (shapes[0] as MapShape | StructureShape).count === seen.seen) {
      return { kind: "choice", column, alternatives: [this.#alternative(shapes[0] as MapShape | StructureShape)] };
    }
    const table = this.#tables.length;
    for (let i = 0; i <= shapes.length; i++) this.#tables.push(0);
    // By the first byte's lower half, the alternative to try first.
    if (this.#fast) this.#tables.push(0, 0, 0, 0);
    if (this.#tables.length * 4 > this.#areas.literalsBytes) throw new TooLarge();
    this.#emit({ kind: ALTERNATIVES, only, column, count: shapes.length, target: this.#tablesAt + table * 4 });
    this.#depth++;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    const ends: number[] = [];
    const ordered = [...shapes].sort((a, b) => b.count - a.count);
    const alternatives = ordered.map((shape, i) => {
      this.#tables[table + 1 + i] = this.#programAt + this.#at;
      const cells = this.#alternative(shape);
      // A literal that is left (an empty map's head) is checked by the operation that ends the alternative.
      this.#splitLiteral();
      ends.push(this.#at);
      this.#emit({ kind: CHOSEN, hint: i, column });
      return cells;
    });
    const join = this.#programAt + this.#at;
    this.#tables[table] = join;
    for (const end of ends) this.#view.setUint32(end + 28, join, true);
    this.#depth--;
    return { kind: "choice", column, alternatives };
  }

  #alternative(shape: MapShape | StructureShape): MapCells | StructureCells {
    return shape.kind === "map" ? this.#map(shape) : this.#structure(shape);
  }

  #map(shape: MapShape): MapCells {
    const values = shape.values.map((value, i) => {
      this.#literal.push(...shape.literals[i]);
      return this.#value(value);
    });
    if (values.length === 0) this.#literal.push(...shape.literals[0]);
    return { kind: "map", keys: shape.keys, values };
  }

  #structure(shape: StructureShape): StructureCells {
    const { structure } = shape;
    this.#literal.push(...shape.literal);
    const fields = shape.fields.map((field, i) => this.#field(structure.table.fields[i].type, field));
    return { kind: "structure", structure, fields };
  }

  /** A field of a structure: exactly its declared type, or the whole structure is left to the plain reader. */
  #field(type: WireType, shape: Shape): Cell {
    switch (type.kind) {
      case "integer":
        return this.#leaf(shape.wideIntegers > 0 ? WIDE_INTEGER : INT32, ONLY_INTEGER);
      case "float":
        return this.#leaf(FLOAT64, ONLY_FLOAT);
      case "boolean":
        return this.#leaf(BOOLEAN, ONLY_BOOLEAN);
      case "string":
        return this.#leaf(this.#spans && shape.repeats ? SPAN_STRING : STRING, ONLY_STRING);
      case "list":
        return this.#leaf(SPAN_STRINGS, ONLY_LIST_OF_STRINGS);
      case "map":
        return this.#choice(shape.alternatives, ONLY_MAP, shape);
      default:
        return this.#value(shape);
    }
  }

  #column(): number {
    if (this.#columns >= this.#areas.maxColumns) throw new TooLarge();
    return this.#columns++;
  }

  /** Emits what of the literal doesn't fit in the next operation. */
  #splitLiteral(): void {
    while (this.#literal.length > maxLiteral) {
      const first = this.#literal.splice(0, maxLiteral);
      const rest = this.#literal;
      this.#literal = first;
      this.#put({ kind: NOTHING });
      this.#literal = rest;
    }
  }

  #emit(operation: Operation): void {
    this.#splitLiteral();
    this.#put(operation);
  }

  #put({ kind, only = ANYTHING, hint = 0, column = 0, count = 0, target = 0 }: Operation): void {
    const at = this.#at;
    if (at + operationSize > this.#operations.length) throw new TooLarge();
    const bytes = this.#operations;
    bytes[at] = kind;
    bytes[at + 1] = only;
    bytes[at + 2] = hint;
    bytes[at + 3] = this.#literal.length;
    this.#view.setUint32(at + 4, this.#areas.slots + column * this.#capacity * 8, true);
    bytes.set(this.#literal, at + 8);
    bytes.fill(0xff, at + 16, at + 16 + this.#literal.length);
    this.#view.setUint16(at + 24, column, true);
    this.#view.setUint16(at + 26, count, true);
    this.#view.setUint32(at + 28, target, true);
    this.#literal = [];
    this.#at = at + operationSize;
  }
}

function canRead(type: WireType, shape: Shape): boolean {
  switch (type.kind) {
    case "integer":
    case "float":
    case "boolean":
    case "string":
    case "any":
      return true;
    case "list":
      return type.of.kind === "string";
    case "map":
      return (
        type.of.kind === "any" && shape.alternatives.length > 0 && shape.alternatives.every((one) => one.kind === "map")
      );
    default:
      return false;
  }
}
