import type { PackStreamError } from "@fulgur/neo4j-types";
import type { Decoder, ExpectedResult, Message, RecordBatch } from "../decoder.ts";
import { Dechunker } from "../plain/dechunker.ts";
import { MessageReader } from "../plain/messages.ts";
import { Reader } from "../plain/reader.ts";
import { RowBatch } from "../plain/row-batch.ts";
import type { Profile } from "../profile.ts";
import { ColumnBatch } from "./batch.ts";
import { ColumnsOut } from "./columns-out.ts";
import { Learner, maxLessons } from "./learn.ts";
import { type WasmMemory, wasmMemory } from "./memory.ts";
import { NumberPlan, numberPlanFor } from "./number-plan.ts";
import { type Plan, planFor, readSpans } from "./plan.ts";
import { PlanCache } from "./plan-cache.ts";
import {
  CONSUMED,
  INCOMPLETE,
  NOOPS,
  REASON,
  ROWS_READ,
  SLOW_ROWS,
  SPANS,
  STRINGS_READ,
  UNPREDICTED,
  WIDE_UNITS,
} from "./status.ts";
import type { StringsRead } from "./texts.ts";

/** How eager the engine is to use WebAssembly, and whether it generates code. */
export interface WasmDecoderOptions {
  /** Records of a result before a plan is made for it. Default 100: a plan costs as much as they do. */
  readonly threshold?: number;
  /** Whether to generate code for rows. Default: as the profile says. */
  readonly generate?: boolean;
  /** Whether results of nothing but numbers, booleans and nulls are read by JavaScript, which is faster where code is generated. Default false. */
  readonly numberRows?: boolean;
}

/** A larger region's text would be one of V8's large objects, whose parts are dear. */
const maxRegion = 96 * 1024;
/** A known plan is used from so many records on; below, the plain reader is as fast. */
const fewRecords = 6;
const maxRevisions = 5;
/** Values that stay encoded aren't looked into deeper than this by the pass: the plain reader does that. */
const maxEncodedDepth = 100;

/** Makes a client's decoder that reads records by WebAssembly; `undefined` where that can't run. */
export function createWasmDecoder(profile: Profile, options: WasmDecoderOptions = {}): Decoder | undefined {
  const memory = wasmMemory();
  if (memory === undefined) return undefined;
  // Decoders come and go with connections; without any, V8 would throw their compiled code away.
  memory.specimens ??= [
    new WasmDecoder(profile, memory, options),
    new ColumnBatch(0, 0, memory, undefined, profile, true),
  ];
  return new WasmDecoder(profile, memory, options);
}

/**
 * The WebAssembly engine. It learns from a result's first records what the others look like, and then reads whole regions
 * of them in one call. Everything else — other messages, records of another shape, malformed or huge ones — goes to the
 * plain reader, so that values, errors and offsets are the same.
 */
class WasmDecoder implements Decoder {
  readonly #profile: Profile;
  readonly #memory: WasmMemory;
  readonly #dechunker = new Dechunker();
  readonly #reader: Reader;
  readonly #messages: MessageReader;
  readonly #learner: Learner;
  readonly #plans: PlanCache;
  readonly #threshold: number;
  readonly #fewRecords: number;
  readonly #generate: boolean;
  readonly #items: Iterable<Message | RecordBatch>;
  #failure: PackStreamError | undefined;
  /** The plan of the result that is being read; `null`: it isn't worth one. */
  #plan: Plan | NumberPlan | null | undefined;
  #planKey: string | undefined;
  /** Records of this result that were read without a plan. */
  #seen = 0;
  /** So many messages go to the plain reader before the next pass. */
  #plainRun = 0;
  /** Passes one after the other that read nothing. */
  #vain = 0;
  /** Plans of this result that were given up. */
  #givenUp = 0;
  readonly #numberRows: boolean;
  /** The result turned out to hold more than numbers. */
  #notNumbers = false;
  #view = new DataView(this.#dechunker.bytes.buffer);

  constructor(profile: Profile, memory: WasmMemory, options: WasmDecoderOptions) {
    const { threshold = 100, generate = profile.codeGeneration, numberRows = false } = options;
    this.#numberRows = numberRows;
    this.#profile = profile;
    this.#memory = memory;
    this.#threshold = threshold;
    this.#fewRecords = Math.min(fewRecords, threshold);
    this.#generate = generate;
    this.#reader = new Reader(profile);
    this.#messages = new MessageReader(profile, new Reader(profile), "client");
    this.#learner = new Learner(profile);
    this.#plans = PlanCache.of(profile);
    const next = (): IteratorResult<Message | RecordBatch> => {
      const value = this.#next();
      return value === undefined ? { done: true, value } : { done: false, value };
    };
    this.#items = { [Symbol.iterator]: () => ({ next }) };
  }

  get noops(): number {
    return this.#dechunker.noops;
  }

  push(bytes: Uint8Array): Iterable<Message | RecordBatch> {
    this.#dechunker.push(bytes);
    return this.#items;
  }

  expect({ statement, fields }: ExpectedResult): void {
    this.#messages.columns = fields;
    this.#seen = 0;
    this.#plainRun = 0;
    this.#vain = 0;
    this.#givenUp = 0;
    this.#notNumbers = false;
    this.#planKey = statement === undefined ? undefined : this.#keyOf(statement, fields);
    this.#plan = this.#planKey === undefined ? undefined : this.#plans.get(this.#planKey);
  }

  end(): void {
    if (this.#failure !== undefined) throw this.#failure;
    // The pass leaves an incomplete message as it came; only the dechunker can tell how much of it there is.
    this.#dechunker.peek();
    this.#dechunker.finish();
  }

  #next(): Message | RecordBatch | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    const dechunker = this.#dechunker;
    const rows: unknown[][] = [];
    try {
      for (;;) {
        if (this.#plan instanceof NumberPlan && this.#plan.form.byColumns === true) {
          // Columns are asked for: the pass makes them, and this plan only rows.
          this.#notNumbers = true;
          this.#plan = undefined;
        }
        if (this.#plainRun === 0) {
          const plan = this.#planForRegion();
          if (plan !== undefined) {
            if (rows.length > 0) break;
            const batch = plan instanceof NumberPlan ? this.#numbers(plan) : this.#pass(plan);
            if (batch !== undefined) return batch;
            if (this.#plainRun === 0) return undefined;
          }
        }
        if (!dechunker.peek()) break;
        const { bytes, start, end } = dechunker;
        const isRecord = this.#messages.isRecord(bytes, start, end);
        if (!isRecord && rows.length > 0) break;
        dechunker.take();
        if (!isRecord) {
          this.#endOfRecords();
          return this.#messages.message(bytes, start, end);
        }
        if (this.#plainRun > 0) this.#plainRun--;
        this.#seen++;
        rows.push(this.#messages.record(bytes, start, end));
      }
    } catch (error) {
      // The records before a malformed one are whole: they go first.
      this.#failure = error as PackStreamError;
      if (rows.length === 0) throw error;
    }
    return rows.length === 0 ? undefined : new RowBatch(rows, this.#profile);
  }

  /** After another message the next result may be worth a plan, even if it isn't announced. */
  #endOfRecords(): void {
    this.#plainRun = 0;
    this.#givenUp = 0;
    this.#notNumbers = false;
    if (this.#plan === null) this.#plan = undefined;
  }

  /** The plan by which the bytes that wait are to be read, if a whole record is at their front and there are enough. */
  #planForRegion(): Plan | NumberPlan | undefined {
    if (this.#plan === null) return undefined;
    const { bytes, untouchedStart: start, untouchedEnd: end } = this.#dechunker;
    if (start < 0 || end - start < 6) return undefined;
    const size = (bytes[start] << 8) | bytes[start + 1];
    // The bytes of the first chunk tell how many such records there may be.
    if (size < 3 || end - start < size + 4 || !this.#messages.isRecord(bytes, start + 2, start + 2 + size))
      return undefined;
    const records = (end - start) / (size + 4);
    if (this.#plan !== undefined) return records >= this.#fewRecords ? this.#plan : undefined;
    if (records + this.#seen < this.#threshold) return undefined;
    this.#plan = this.#learn(start, end) ?? null;
    if (this.#planKey !== undefined && this.#plan !== null) this.#plans.set(this.#planKey, this.#plan);
    return this.#plan ?? undefined;
  }

  /** Learns from the whole records, in one chunk each, that wait. */
  #learn(from: number, end: number): Plan | NumberPlan | undefined {
    const shape = this.#learner.addAll(this.#dechunker.bytes, from, end);
    // Records that don't fit their result: the plain reader says so.
    const width = this.#messages.columns?.length;
    if (shape === undefined || (width !== undefined && width !== shape.columns.length)) return undefined;
    const asNumbers = this.#numberRows && this.#generate && !this.#notNumbers;
    const numbers = asNumbers ? numberPlanFor(shape, this.#profile, this.#generate) : undefined;
    if (numbers !== undefined) return numbers;
    return planFor(shape, this.#profile, this.#memory.areas, true, 0, this.#generate);
  }

  /** How a plan makes rows depends on whether code may be generated. */
  #keyOf(statement: string, fields: readonly string[]): string {
    return JSON.stringify([statement, fields, this.#generate, this.#numberRows]);
  }

  /** Reads the records that wait as rows of numbers. `undefined`: the first one isn't, and the plain reader takes it. */
  #numbers(plan: NumberPlan): RecordBatch | undefined {
    const dechunker = this.#dechunker;
    const { bytes } = dechunker;
    if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
    const { batch, at } = plan.read(bytes, this.#view, dechunker.untouchedStart, dechunker.untouchedEnd);
    dechunker.passTo(at, 0);
    if (batch !== undefined) return batch;
    this.#plainRun = 1;
    if (plan.vain >= fewRecords && plan.vain * 8 > plan.rows) {
      this.#plan = undefined;
      this.#notNumbers = true;
    }
    return undefined;
  }

  /** One call of the module, on as many of the bytes that wait as fit. `undefined`: it read no record. */
  #pass(plan: Plan): RecordBatch | undefined {
    const memory = this.#memory;
    const dechunker = this.#dechunker;
    const { areas, u8, u32 } = memory;
    const { program } = plan;
    memory.claim(this.#profile);
    memory.load(plan.program);
    const from = dechunker.untouchedStart;
    const length = Math.min(dechunker.untouchedEnd - from, maxRegion);
    u8.set(dechunker.bytes.subarray(from, from + length), areas.input);
    const depth = Math.min(this.#profile.maxDepth, maxEncodedDepth) - program.depth;
    const big = this.#profile.integers === "bigint" ? 1 : 0;
    memory.exports.columns(0, length, program.columnCount, program.capacity, big, depth);
    const status = areas.status / 4;
    const consumed = u32[status + CONSUMED];
    const rows = u32[status + ROWS_READ];
    dechunker.passTo(from + consumed, u32[status + NOOPS]);
    if (u32[status + REASON] !== INCOMPLETE) this.#handedBack(rows);
    else if (rows === 0 && from + length < dechunker.untouchedEnd) this.#plainRun = 1;
    if (rows === 0) return undefined;
    this.#vain = 0;
    readSpans(memory, u32[status + SPANS], this.#reader);
    const strings = { count: u32[status + STRINGS_READ], used: consumed, wideUnits: u32[status + WIDE_UNITS] };
    const batch = this.#batch(plan, rows, strings);
    plan.unpredicted += u32[status + UNPREDICTED];
    plan.slowRows += u32[status + SLOW_ROWS];
    plan.rows += rows;
    this.#revise(plan, rows);
    return batch;
  }

  #handedBack(rows: number): void {
    // FULL comes with rows; the message that ended the pass is looked at anew in either case.
    if (rows > 0) return;
    this.#vain++;
    this.#plainRun = Math.min(1 << this.#vain, 64);
    // Another result, or records that no plan fits.
    if (this.#vain < 4) return;
    this.#plan = ++this.#givenUp < maxRevisions ? undefined : null;
    this.#vain = 0;
    this.#seen = 0;
  }

  #batch(plan: Plan, rows: number, strings: StringsRead): RecordBatch {
    const memory = this.#memory;
    const { cells } = memory;
    // One row alone doesn't share its text with others: it shouldn't keep the numbers around it alive either.
    const detach = this.#profile.detachStrings || rows === 1;
    cells.begin(this.#reader, strings, this.#profile.floatLists, detach);
    const dirty = plan.dirtyColumns(memory);
    const { columns } = this.#messages;
    const plainRow = (row: number): unknown[] => {
      const [start, end] = cells.rowAt(row);
      // Another result may have been announced by now.
      const latest = this.#messages.columns;
      this.#messages.columns = columns;
      const values = this.#messages.record(memory.u8, start, end);
      this.#messages.columns = latest;
      return values;
    };
    const makers = {
      arrays: plan.rowsOf(dirty),
      objects: (keys: readonly string[]) => plan.objectsOf(dirty, keys),
      plainRow,
      columns: () => new ColumnsOut(cells, plan, dirty, rows, this.#profile).columns(plainRow),
    };
    const width = plan.shape.columns.length;
    const batch = new ColumnBatch(rows, width, memory, makers, this.#profile, plan.mayBreak(dirty));
    memory.house(batch);
    return batch;
  }

  /** Makes the plan anew where it failed to predict much: the batch's rows are still in the memory, and teach. */
  #revise(plan: Plan, rows: number): void {
    const worse = Math.max(plan.unpredicted, plan.slowRows) * 8 > plan.rows && plan.rows >= 32;
    if (!worse || plan.revision >= maxRevisions) return;
    const { u8, u32, areas } = this.#memory;
    for (let i = 0; i < Math.min(rows, maxLessons); i++) {
      const at = areas.rows / 4 + i * 2;
      this.#learner.add(plan.shape, u8, areas.input + u32[at], areas.input + u32[at + 1]);
    }
    const revised = planFor(plan.shape, this.#profile, areas, plan.spans, plan.revision + 1, this.#generate);
    this.#plan = revised ?? null;
    if (this.#planKey !== undefined && revised !== undefined) this.#plans.set(this.#planKey, revised);
  }
}
