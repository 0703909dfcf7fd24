/** Rows of CSV files. */
import type { RowChunk, RowSource } from "../../source/row-source.ts";
import { byteChunks } from "../byte-chunks.ts";
import { type FileInput, type InputFile, inputFiles } from "../input.ts";
import { linesIn } from "../lines-in.ts";
import { ReadError } from "../read-error.ts";
import { RowChunks } from "../row-chunks.ts";
import { sourceOfFiles } from "../source-of-files.ts";
import { damaged, textChunks } from "../text-chunks.ts";
import { columnNames, detectDelimiter, headerFault } from "./csv-header.ts";
import { type CheckedCsvOptions, type CsvOptions, checkCsvOptions } from "./csv-options.ts";
import { type CsvDialect, type CsvRecords, csvRecords, loadCsvParser, RecordPlaces } from "./csv-records.ts";
import { CsvRows, type KnownTypes } from "./csv-rows.ts";

/**
 * The rows of CSV files: plain objects by the columns' names. Files are read part by part, gzip is unpacked.
 *
 * Rows with too few or too many fields, with broken quotes, with bytes that the encoding hasn't, or with a text that doesn't fit its
 * column's type are rejected: with their text, their number and the reason, and reading goes on. Empty lines are passed over and not
 * counted, but in a file of one column, where one is a row whose field is empty.
 *
 * Values of columns of type `float` are `Float`, so that whole ones stay FLOAT.
 *
 * @throws ConfigurationError for options that can't be right, also while reading: for a column that a file hasn't
 * @throws ReadError while reading, for a file that can't be read any further
 */
export function readCsv(
  input: FileInput | readonly FileInput[],
  options: CsvOptions = {},
): RowSource<Record<string, unknown>> {
  const checked = checkCsvOptions(options);
  return sourceOfFiles(inputFiles(input), () => {
    const known: KnownTypes = new Map();
    return {
      read: (file, after, count) => new CsvFile(file, checked, known).chunks(after, count),
      async passOver(file) {
        // Types are told by the first file that has a column, whether its rows are passed over or not.
        if (checked.infer) for await (const _ of new CsvFile(file, checked, known).chunks(0, () => {})) break;
      },
    };
  });
}

class CsvFile {
  readonly #file: InputFile;
  readonly #options: CheckedCsvOptions;
  readonly #known: KnownTypes;
  readonly #chunks: RowChunks<Record<string, unknown>>;
  #dialect: CsvDialect | undefined;
  #names: readonly string[] | undefined;
  #rows: CsvRows | undefined;
  /** Lines that ended before the text at hand. */
  #lines = 0;
  #number = 0;
  #after = 0;

  constructor(file: InputFile, options: CheckedCsvOptions, known: KnownTypes) {
    this.#file = file;
    this.#options = options;
    this.#known = known;
    this.#chunks = new RowChunks(file.name);
    this.#names = options.header ? undefined : options.names;
  }

  async *chunks(after: number, count: (bytes: number) => void): AsyncGenerator<RowChunk<Record<string, unknown>>> {
    await loadCsvParser();
    this.#after = after;
    const { longestRow, encoding, inferFrom } = this.#options;
    let text = "";
    let isDamaged = false;
    for await (const chunk of textChunks(byteChunks(this.#file, count), encoding)) {
      text += chunk.text;
      isDamaged ||= chunk.isDamaged;
      // A first text that has no line's end yet may still hide the delimiter; one with too few rows, the types.
      if (this.#dialect === undefined && text.length < longestRow && !hasFirstLine(text)) continue;
      const records = this.#records(text, false);
      if (this.#rows === undefined && records.fields.length <= inferFrom && text.length < longestRow) continue;
      yield* this.#take(text, records, isDamaged);
      text = text.slice(records.end);
      isDamaged &&= text.includes("\ufffd");
      if (text.length > longestRow) {
        const why = `a row has more than ${longestRow} characters, perhaps for a quote that nothing closes`;
        throw new ReadError(why, { file: this.#file.name, row: this.#number + 1, line: this.#lines + 1 });
      }
    }
    if (text !== "") yield* this.#take(text, this.#records(text, true), isDamaged);
    if (this.#chunks.size > 0) yield this.#chunks.take();
  }

  #records(text: string, isLast: boolean): CsvRecords {
    const { quote, delimiter } = this.#options;
    this.#dialect ??= { quote, delimiter: delimiter ?? detectDelimiter(text, quote) };
    return csvRecords(text, this.#dialect, isLast);
  }

  *#take(text: string, records: CsvRecords, isDamaged: boolean): Generator<RowChunk<Record<string, unknown>>> {
    const { fields, faults } = records;
    let index = 0;
    if (this.#names === undefined) {
      while (isEmpty(fields[index])) index++;
      const header = fields[index++];
      if (header === undefined) return;
      const why = headerFault(header, isDamaged && this.#options.names === undefined, this.#options.encoding);
      if (why !== undefined) throw new ReadError(why, { file: this.#file.name, line: this.#lines + index });
      this.#names = this.#options.names ?? columnNames(header);
    }
    this.#rows ??= new CsvRows(
      this.#names,
      this.#options,
      this.#known,
      fields.slice(index, index + this.#options.inferFrom),
    );
    const { width } = this.#rows;
    const places = new RecordPlaces(text, this.#dialect as CsvDialect);
    for (; index < fields.length; index++) {
      const record = fields[index] as string[];
      if (isEmpty(record) && width > 1) continue;
      const number = ++this.#number;
      if (number <= this.#after) continue;
      const fault =
        faults.get(index) ??
        (record.length === width ? undefined : widthFault(record.length, width)) ??
        (isDamaged && record.some((field) => field.includes("\ufffd")) ? damaged(this.#options.encoding) : undefined);
      if (fault === undefined) this.#add(this.#rows, record, number, places, index);
      else this.#reject(places, index, number, fault);
      if (this.#chunks.size >= this.#options.chunkRows) yield this.#chunks.take();
    }
    this.#lines += text.includes(this.#options.quote) ? linesIn(text, records.end) : fields.length;
  }

  #add(rows: CsvRows, record: readonly string[], number: number, places: RecordPlaces, index: number): void {
    let row: Record<string, unknown>;
    try {
      row = rows.row(record);
    } catch {
      this.#reject(places, index, number, rows.why(record));
      return;
    }
    this.#chunks.add(row, number);
  }

  #reject(places: RecordPlaces, index: number, number: number, why: string): void {
    const line = this.#lines + places.linesBefore(index) + 1;
    this.#chunks.reject(number, places.textOf(index), `line ${line}: ${why}`);
  }
}

function isEmpty(record: readonly string[] | undefined): boolean {
  return record?.length === 1 && record[0] === "";
}

function widthFault(found: number, width: number): string {
  return `it has ${found} ${found === 1 ? "field" : "fields"}, not ${width}`;
}

/** Whether a first line that isn't empty has ended. */
function hasFirstLine(text: string): boolean {
  const begin = text.search(/[^\r\n]/);
  return begin >= 0 && text.includes("\n", begin);
}
