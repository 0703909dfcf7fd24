import { areas } from "../gen/areas.ts";
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
export type Areas = typeof areas;

/**
 * The WebAssembly module's memory, as views. It never grows, so that no view is ever detached. All connections of a
 * thread share it: decoding a region is synchronous, and a batch that is still in it leaves before the next one comes.
 */
export class WasmMemory {
  readonly exports: WasmExports;
  readonly areas: Areas = areas;
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
