/** The rows of a step: what its plan says of its files, as a reader. */
import { isAbsolute, resolve } from "node:path";
import { unlessAborted } from "@fulgur/neo4j-core";
import type { PropertyType } from "../../mapping/property-type.ts";
import type { CsvOptions } from "../../readers/csv/csv-options.ts";
import { findFiles } from "../../readers/find-files.ts";
import { formatOfName } from "../../readers/formats.ts";
import { type ReadFilesOptions, readFiles } from "../../readers/read-files.ts";
import type { RowChunk, RowPosition, RowSource, SourceProgress } from "../../source/row-source.ts";
import { CommandFailure, UsageError } from "../failure.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { checkFields, neededFields } from "./needed-fields.ts";

type Row = Record<string, unknown>;

/**
 * @param stop aborted, reading ends at the next chunk with the signal's reason
 * @throws UsageError for files that aren't there and options that don't fit their format
 */
export async function stepSource(step: Step, { folder }: Plan, stop: AbortSignal): Promise<RowSource<Row>> {
  const { files: given, rowNumber, limit } = step.source;
  const place = step.place === undefined ? "" : `${step.place}: `;
  let source: RowSource<unknown>;
  try {
    const found = (typeof given === "string" ? [given] : given).map((file) => filesFrom(file, folder));
    source = await readFiles((await Promise.all(found)).flat(), optionsFor(step));
  } catch (error) {
    throw new UsageError(`${place}${(error as Error).message}`, { cause: error });
  }
  // The rows of JSON may each have others.
  const needed = /^json/.test(formatOf(step) ?? "json") ? [] : neededFields(step);
  return new StepSource(source as RowSource<Row>, { rowNumber, limit, stop, needed, place });
}

function formatOf({ source: { files, format } }: Step) {
  return format ?? formatOfName(typeof files === "string" ? files : (files[0] ?? ""));
}

function optionsFor(step: Step): ReadFilesOptions {
  const { files: _files, rowNumber: _rowNumber, limit: _limit, ...options } = step.source;
  const given = { ...options, types: typesOf(step).read };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

type Types = { readonly [field: string]: PropertyType };

/** CSV has no types of its own: there the reader makes values of texts, of all types that it knows. */
export function typesOf(step: Step): { read?: CsvOptions["types"]; written?: Types } {
  const { types = {} } = step;
  if (formatOf(step) !== "csv") return { written: types };
  const isWritten = (type: string) => /^(point|vector)/.test(type);
  const entries = Object.entries(types);
  return {
    read: Object.fromEntries(entries.filter(([, type]) => !isWritten(type))) as CsvOptions["types"],
    written: Object.fromEntries(entries.filter(([, type]) => isWritten(type))),
  };
}

/**
 * The files of a path or pattern, meant from the plan's folder. Checkpoints tell files by names, and so these are the same wherever the command is
 * started.
 */
async function filesFrom(pattern: string, folder: string): Promise<readonly string[]> {
  if (pattern === "-") return [pattern];
  if (folder === "." && !isAbsolute(pattern)) return findFiles(pattern);
  // A pattern isn't normalized, since it may hold backslashes and `..` in braces.
  const found = await findFiles(isAbsolute(pattern) ? pattern : `${resolve(folder)}/${pattern}`);
  return found.map((file) => resolve(file));
}

interface StepSourceOptions {
  readonly rowNumber: string | undefined;
  readonly limit: number | undefined;
  readonly stop: AbortSignal;
  /** Fields that all rows have to have. */
  readonly needed: readonly string[];
  /** Where the plan says so, for errors: `plan.yaml:7:5: `, or nothing. */
  readonly place: string;
}

class StepSource implements RowSource<Row> {
  readonly #source: RowSource<Row>;
  readonly #options: StepSourceOptions;
  #read = 0;

  constructor(source: RowSource<Row>, options: StepSourceOptions) {
    this.#source = source;
    this.#options = options;
  }

  async *chunks(after?: RowPosition): AsyncGenerator<RowChunk<Row>, void, undefined> {
    const { rowNumber, limit = Number.POSITIVE_INFINITY, stop, needed, place } = this.#options;
    this.#read = 0;
    // Under a limit all are read from the beginning, to be counted: the first ones of a source are few.
    const isLimited = limit !== Number.POSITIVE_INFINITY;
    const passed = isLimited && after !== undefined ? new Passed(after) : undefined;
    for await (const chunk of untilAborted(this.#source.chunks(isLimited ? undefined : after), stop)) {
      const length = Math.min(chunk.rows.length, limit - this.#read);
      this.#read += length;
      if (rowNumber !== undefined) addNumbers(chunk, rowNumber);
      if (chunk.rows[0] !== undefined) checkFields(chunk.rows[0], needed, chunk.file, place);
      for (const part of parts(chunk, length)) {
        // A chunk may have so many rows that whoever wants the job to stop would wait for long.
        stop.throwIfAborted();
        const left = passed === undefined ? part : passed.without(part);
        if (left !== undefined) yield left;
      }
      if (this.#read >= limit) return;
    }
  }

  progress(): SourceProgress {
    const { limit } = this.#options;
    const { bytesRead, bytesTotal } = this.#source.progress?.() ?? { bytesRead: 0 };
    if (limit === undefined) return { bytesRead, bytesTotal };
    // Whichever comes first: the limit, or the files' end.
    const share = Math.max(this.#read / limit, bytesTotal === undefined ? 0 : bytesRead / bytesTotal);
    const total = bytesTotal ?? limit;
    return { bytesRead: Math.min(share, 1) * total, bytesTotal: total };
  }
}

/** Ends with the signal's reason at once, even where the next item doesn't come, as from a terminal. */
async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  signal.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await unlessAborted(iterator.next(), signal);
      if (done) return;
      yield value;
    }
  } finally {
    const closed = iterator.return?.();
    if (signal.aborted) closed?.catch(() => {});
    else await closed;
  }
}

function numberOf({ firstRow, rowNumbers }: RowChunk<Row>, at: number): number {
  return rowNumbers?.[at] ?? firstRow + at;
}

const partRows = 1_000;

/** The first rows of a chunk, so many at a time. Rejected rows go with the row behind them, the last ones with the last. */
function* parts(chunk: RowChunk<Row>, length: number): Generator<RowChunk<Row>, void, undefined> {
  const { rows, rowNumbers, rejected = [] } = chunk;
  if (length === rows.length && length <= partRows) return yield chunk;
  let before = 0;
  for (let start = 0; start < length; start += partRows) {
    const end = Math.min(start + partRows, length);
    const last = end === rows.length ? Number.POSITIVE_INFINITY : numberOf(chunk, end - 1);
    yield {
      file: chunk.file,
      rows: rows.slice(start, end),
      firstRow: numberOf(chunk, start),
      rowNumbers: rowNumbers?.slice(start, end),
      rejected: rejected.filter(({ row }) => row > before && row <= last),
    };
    before = last;
  }
}

/** What an earlier run has passed, in a source that is read from its beginning. */
class Passed {
  readonly #after: RowPosition;
  #state: "before its file" | "in its file" | "behind" = "before its file";

  constructor(after: RowPosition) {
    this.#after = after;
  }

  /** What of a chunk lies behind the position; undefined if nothing does. */
  without(chunk: RowChunk<Row>): RowChunk<Row> | undefined {
    const { file, row: last } = this.#after;
    if (chunk.file === file) this.#state = "in its file";
    else if (this.#state === "in its file") this.#state = "behind";
    if (this.#state === "behind") return chunk;
    if (this.#state === "before its file") return undefined;
    const rejected = (chunk.rejected ?? []).filter(({ row }) => row > last);
    const kept = chunk.rows.map((_, at) => numberOf(chunk, at)).filter((number) => number > last);
    if (kept.length === 0 && rejected.length === 0) return undefined;
    return {
      file,
      rows: kept.length === 0 ? [] : chunk.rows.slice(-kept.length),
      firstRow: kept[0] ?? rejected[0]!.row,
      rowNumbers: chunk.rowNumbers && kept,
      rejected,
    };
  }
}

/** The rows are of this chunk alone: nobody else holds them. */
function addNumbers(chunk: RowChunk<Row>, field: string): void {
  const { rows } = chunk;
  if (rows[0] !== undefined && Object.hasOwn(rows[0], field)) {
    throw new CommandFailure(`The rows of ${chunk.file} have a field ${field} already: rowNumber needs another name.`);
  }
  for (let at = 0; at < rows.length; at++) rows[at]![field] = numberOf(chunk, at);
}
