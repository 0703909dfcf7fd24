import type { Reader } from "../plain/reader.ts";
import type { Profile } from "../profile.ts";
import type { Cell } from "./layout.ts";
import { materialiser } from "./materialise.ts";
import type { Areas, WasmMemory } from "./memory.ts";
import { ANY } from "./operations.ts";
import { compile, type Program } from "./program.ts";
import { RowMaker } from "./row-maker.ts";
import type { RecordShape } from "./shape.ts";

/** After so many sets of columns with unpredicted cells, all columns are taken to have them. */
const maxVariants = 8;

/** How one result's records are read: what was learned of them, the program, and the functions that make its rows. */
export class Plan {
  readonly shape: RecordShape;
  readonly program: Program;
  /** Whether short strings that repeat come from the dictionary. */
  readonly spans: boolean;
  /** Cells that the plan failed to predict, rows that weren't as predicted, and all rows, since it was made. */
  unpredicted = 0;
  slowRows = 0;
  rows = 0;
  /** How often it was made anew. */
  readonly revision: number;
  /** Whether a clean batch may hold a value that can't be decoded. */
  readonly #mayBreak: boolean;
  readonly #areas: Areas;
  readonly #generate: boolean | undefined;
  readonly #makers = new Map<string, RowMaker>();
  #latest:
    | { readonly dirty: string; readonly keys: readonly string[]; readonly maker: RowMaker | undefined }
    | undefined;
  readonly #variants = new Set<string>();
  /** As {@link dirtyColumns} says that there are none. */
  readonly #clean: string;
  readonly #readers = new Map<Cell, Map<string, RowMaker>>();

  constructor(
    shape: RecordShape,
    program: Program,
    areas: Areas,
    spans: boolean,
    revision: number,
    generate?: boolean,
  ) {
    this.shape = shape;
    this.program = program;
    this.spans = spans;
    this.revision = revision;
    this.#areas = areas;
    this.#generate = generate;
    this.#mayBreak = program.columns.some(mayBreak);
    this.#clean = "0".repeat(program.columnCount);
  }

  mayBreak(dirty: string): boolean {
    return this.#mayBreak || dirty !== this.#clean;
  }

  /** The columns that hold unpredicted cells, as a text of zeros and ones. */
  dirtyColumns(memory: WasmMemory): string {
    const { dirty } = memory.areas;
    const { columnCount } = this.program;
    let some = 0;
    for (let i = dirty; i < dirty + columnCount; i++) some |= memory.u8[i];
    if (some === 0) return this.#clean;
    let text = "";
    for (let i = dirty; i < dirty + columnCount; i++) text += memory.u8[i] === 0 ? "0" : "1";
    if (this.#variants.has(text)) return text;
    if (this.#variants.size >= maxVariants) return this.#pretendAllDirty(memory, dirty, columnCount);
    this.#variants.add(text);
    return text;
  }

  /** What makes rows where these columns are dirty. */
  rowsOf(dirty: string): RowMaker {
    return this.#makerOf(dirty, undefined);
  }

  /** The same for objects of these keys; `undefined` unless they are as many as the columns, all different, and usual ones. */
  objectsOf(dirty: string, keys: readonly string[]): RowMaker | undefined {
    const latest = this.#latest;
    if (latest !== undefined && latest.dirty === dirty && latest.keys === keys) return latest.maker;
    const usable = keys.length === this.shape.columns.length && new Set(keys).size === keys.length;
    const maker = usable && !keys.includes("__proto__") ? this.#makerOf(dirty, keys) : undefined;
    this.#latest = { dirty, keys, maker };
    return maker;
  }

  #makerOf(dirty: string, keys: readonly string[] | undefined): RowMaker {
    const name = keys === undefined ? dirty : `${dirty}${JSON.stringify(keys)}`;
    const known = this.#makers.get(name);
    if (known !== undefined) return known;
    const made = new RowMaker(
      materialiser(this.program, this.#areas, Uint8Array.from(dirty, Number), keys, this.#generate),
    );
    // Keys are the caller's: they must not fill the memory.
    if (this.#makers.size >= 4 * maxVariants) this.#makers.clear();
    this.#makers.set(name, made);
    return made;
  }

  /** What makes arrays of the one value of a cell. */
  readerOf(cell: Cell, dirty: string): RowMaker {
    let readers = this.#readers.get(cell);
    if (readers === undefined) this.#readers.set(cell, (readers = new Map()));
    let reader = readers.get(dirty);
    if (reader === undefined) {
      const program = { ...this.program, columns: [cell] };
      reader = new RowMaker(
        materialiser(program, this.#areas, Uint8Array.from(dirty, Number), undefined, this.#generate),
      );
      readers.set(dirty, reader);
    }
    return reader;
  }

  /** A clean column's tags were not written: they have to be before anyone reads them. */
  #pretendAllDirty(memory: WasmMemory, dirty: number, columnCount: number): string {
    const { capacity } = this.program;
    for (let column = 0; column < columnCount; column++) {
      if (memory.u8[dirty + column] !== 0) continue;
      const tags = memory.areas.tags + column * capacity;
      memory.u8.fill(0, tags, tags + capacity);
    }
    return "1".repeat(columnCount);
  }
}

/** Makes a plan for a shape; `undefined` if the plain engine does as well. */
export function planFor(
  shape: RecordShape,
  profile: Profile,
  areas: Areas,
  spans = true,
  revision = 0,
  generate?: boolean,
): Plan | undefined {
  const program = compile(shape, profile, areas, spans);
  if (program === undefined || program.depth >= profile.maxDepth) return undefined;
  return new Plan(shape, program, areas, spans, revision, generate);
}

function mayBreak(cell: Cell): boolean {
  return cell.kind !== "leaf" || cell.predicts === ANY;
}

const noStrings: readonly string[] = Object.freeze([]);

/** Reads the dictionary's new entries. */
export function readSpans(memory: WasmMemory, count: number, reader: Reader): void {
  const { spans, lists, u8, u32 } = memory;
  while (spans.length < count) {
    // Entries' bytes lie one after the other, at any address.
    const at = memory.spanEnd;
    const length = at % 4 === 0 ? u32[at >> 2] : memory.view.getUint32(at, true);
    const value = reader.reset(u8, at + 4, at + 4 + length).readValue();
    const isList = Array.isArray(value);
    spans.push(isList ? undefined : value);
    lists.push(isList ? Object.freeze(value as string[]) : noStrings);
    memory.spanEnd = at + 4 + length;
  }
}
