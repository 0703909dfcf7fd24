import { markerSets } from "../gen/assembly.ts";
import type { Profile } from "../profile.ts";
import { Cells } from "./cells.ts";
import { loadWasm, type WasmExports } from "./load.ts";
import type { Program } from "./program.ts";

/** The dictionary is emptied when it is this full. */
const fullDictionary = 0.7;

/** Something whose values lie in the memory, until it takes them out. */
export interface Tenant {
  /** Takes what it needs out of the memory, which is about to be overwritten. */
  leave(): void;
}

/** Where the areas of the memory begin, and how large they are (assembly/layout.ts). */
export interface Areas {
  readonly status: number;
  readonly dirty: number;
  readonly program: number;
  readonly programBytes: number;
  readonly fastProgram: number;
  readonly fastTables: number;
  readonly literals: number;
  readonly literalsBytes: number;
  readonly spanBytes: number;
  readonly spanEntries: number;
  readonly rows: number;
  readonly maxRows: number;
  readonly input: number;
  readonly inputBytes: number;
  readonly wide: number;
  readonly strings: number;
  readonly bucketCounts: number;
  readonly buckets: number;
  readonly bucketBytes: number;
  readonly bucketCount: number;
  readonly vectors: number;
  readonly tags: number;
  readonly slots: number;
  readonly maxCells: number;
  readonly maxColumns: number;
  readonly output: number;
  readonly outputBytes: number;
  readonly text: number;
  readonly textBytes: number;
}

/**
 * The WebAssembly module's memory, as views. It never grows, so that no view is ever detached. All connections of a
 * thread share it: decoding a region is synchronous, and a batch that is still in it leaves before the next one comes.
 */
export class WasmMemory {
  readonly exports: WasmExports;
  readonly areas: Areas;
  readonly cells: Cells;
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly u16: Uint16Array<ArrayBuffer>;
  readonly i32: Int32Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
  readonly i64: BigInt64Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
  /** The program that is in the memory. */
  program: object | undefined;
  /** The dictionary's entries, decoded: strings, and by the same numbers lists of strings, frozen; where the next one begins. */
  spans: unknown[] = [];
  lists: (readonly string[])[] = [];
  spanEnd = 0;
  /** How often the dictionary was emptied because it was full. */
  emptied = 0;
  /**
   * One object of each class that comes and goes with connections and batches: see row-maker.ts for why they are kept.
   */
  specimens: readonly object[] | undefined;
  #tenant: Tenant | undefined;
  #markerSet = -1;

  constructor(exports: WasmExports) {
    const { buffer } = exports.memory;
    this.exports = exports;
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.view = new DataView(buffer);
    this.areas = {
      status: exports.STATUS.value,
      dirty: exports.DIRTY.value,
      program: exports.PROGRAM.value,
      programBytes: exports.PROGRAM_BYTES.value,
      fastProgram: exports.FAST_PROGRAM.value,
      fastTables: exports.FAST_TABLES.value,
      literals: exports.LITERALS.value,
      literalsBytes: exports.LITERALS_BYTES.value,
      spanBytes: exports.SPAN_BYTES.value,
      spanEntries: exports.SPAN_ENTRIES.value,
      rows: exports.ROWS.value,
      maxRows: exports.MAX_ROWS.value,
      input: exports.INPUT.value,
      inputBytes: exports.INPUT_BYTES.value,
      wide: exports.WIDE.value,
      strings: exports.STRINGS.value,
      bucketCounts: exports.BUCKET_COUNTS.value,
      buckets: exports.BUCKETS.value,
      bucketBytes: exports.BUCKET_BYTES.value,
      bucketCount: exports.BUCKET_COUNT.value,
      vectors: exports.VECTORS.value,
      tags: exports.TAGS.value,
      slots: exports.SLOTS.value,
      maxCells: exports.MAX_CELLS.value,
      maxColumns: exports.MAX_COLUMNS.value,
      output: exports.OUTPUT.value,
      outputBytes: exports.OUTPUT_BYTES.value,
      text: exports.TEXT.value,
      textBytes: exports.TEXT_BYTES.value,
    };
    this.spanEnd = this.areas.spanBytes;
    this.cells = new Cells(this);
  }

  /** Makes whoever is in the memory leave, and prepares it for a profile. */
  claim(profile: Profile): void {
    this.vacate();
    const set = markerSets[profile.version];
    if (set === this.#markerSet) return;
    this.exports.loadMarkers(set);
    this.#markerSet = set;
    // Its entries are encoded values: what they mean depends on the markers.
    this.emptySpans();
  }

  /** Makes whoever is in the memory leave. */
  vacate(): void {
    const tenant = this.#tenant;
    this.#tenant = undefined;
    tenant?.leave();
  }

  /** Lets a batch stay in the memory until it has to leave. */
  house(tenant: Tenant): void {
    this.#tenant = tenant;
  }

  /** The tenant has taken out what it needs. */
  left(tenant: Tenant): void {
    if (this.#tenant !== tenant) return;
    this.#tenant = undefined;
    this.cells.end();
  }

  /** Puts a program in its place, and empties the dictionary if it is nearly full. */
  load(program: Program): void {
    if (this.spans.length > this.areas.spanEntries * fullDictionary) {
      this.emptySpans();
      this.emptied++;
    }
    if (this.program === program) return;
    this.u8.set(program.operations, this.areas.program);
    this.u8.set(program.tables, this.areas.literals);
    this.u8.set(program.fast.operations, this.areas.fastProgram);
    this.u8.set(program.fast.tables, this.areas.fastTables);
    this.program = program;
  }

  emptySpans(): void {
    this.exports.clearSpans();
    // Its operations remember entries.
    this.program = undefined;
    this.spans = [];
    this.lists = [];
    this.spanEnd = this.areas.spanBytes;
  }
}

let shared: WasmMemory | undefined;

/** The memory of this thread; `undefined` where WebAssembly can't run. */
export function wasmMemory(): WasmMemory | undefined {
  if (shared === undefined) {
    const exports = loadWasm();
    if (exports !== undefined) shared = new WasmMemory(exports);
  }
  return shared;
}
