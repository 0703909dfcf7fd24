/** CSV's text as records of fields, by papaparse. */
import type Papa from "papaparse";
import { linesIn } from "../lines-in.ts";

export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
}

/** The whole records at the beginning of a text. */
export interface CsvRecords {
  readonly fields: readonly string[][];
  /** By the index of the record, what is wrong with its quotes. */
  readonly faults: ReadonlyMap<number, string>;
  /** How much of the text they are. */
  readonly end: number;
}

const newline = "\n";

let papaparse: typeof Papa | undefined;

/** To be awaited before the first text: programs that read no CSV don't wait for the library. */
export async function loadCsvParser(): Promise<void> {
  papaparse ??= (await import("papaparse")).default;
}

/**
 * The records of a text, which begins with one. Lines end with `\n` or `\r\n`, in any mixture.
 *
 * @param isLast whether the text ends with a record even where no line ends.
 */
export function csvRecords(text: string, dialect: CsvDialect, isLast: boolean): CsvRecords {
  const { data, errors, meta } = parserOf(dialect).parse(text, 0, !isLast) as Papa.ParseResult<string[]>;
  // After the last line's end there is no record.
  if (isLast && text.endsWith(newline) && meta.cursor === text.length) dropEmptyEnd(data);
  const faults = new Map<number, string>();
  for (const { row, code } of errors) {
    // The last record may be whole only in the next text.
    if (row !== undefined && row < data.length && !faults.has(row)) faults.set(row, faultOf(code));
  }
  if (text.includes("\r")) withoutReturns(data, text, dialect);
  return { fields: data, faults, end: isLast ? text.length : meta.cursor };
}

/** The text and the line of single records. The first question takes as long as reading the text; those behind it, in order, nothing. */
export class RecordPlaces {
  readonly #text: string;
  readonly #dialect: CsvDialect;
  #ends: number[] | undefined;
  #counted = 0;
  #lines = 0;

  constructor(text: string, dialect: CsvDialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  /** A record as it is written, without its line's end. */
  textOf(index: number): string {
    return this.#text.slice(this.#begin(index), this.#endsOf()[index]).replace(/\r?\n$/, "");
  }

  /** How many lines end before a record. Asked in order. */
  linesBefore(index: number): number {
    const begin = this.#begin(index);
    this.#lines += linesIn(this.#text, begin, this.#counted);
    this.#counted = begin;
    return this.#lines;
  }

  #begin(index: number): number {
    return index === 0 ? 0 : (this.#endsOf()[index - 1] as number);
  }

  #endsOf(): readonly number[] {
    if (this.#ends === undefined) {
      const ends: number[] = [];
      parserOf(this.#dialect, ({ meta }) => ends.push(meta.cursor)).parse(this.#text, 0, false);
      this.#ends = ends;
    }
    return this.#ends;
  }
}

function parserOf({ delimiter, quote }: CsvDialect, step?: (result: Papa.ParseStepResult<string[]>) => void) {
  const config: Papa.ParseConfig = { delimiter, newline, quoteChar: quote, step: step as never };
  return new (papaparse as typeof Papa).Parser(config);
}

function faultOf(code: string): string {
  return code === "MissingQuotes" ? "a quote is opened that nothing closes" : "there is text behind a closing quote";
}

function dropEmptyEnd(data: string[][]): void {
  const last = data.at(-1);
  if (last?.length === 1 && last[0] === "") data.pop();
}

/** Lines that end with `\r\n` have left an `\r` behind a last field without quotes. */
function withoutReturns(data: readonly string[][], text: string, dialect: CsvDialect): void {
  const places = text.includes(`\r${dialect.quote}`) ? new RecordPlaces(text, dialect) : undefined;
  for (const [index, fields] of data.entries()) {
    const last = fields[fields.length - 1] as string;
    if (!last.endsWith("\r")) continue;
    if (places !== undefined && isQuoted(last, places.textOf(index), dialect)) continue;
    fields[fields.length - 1] = last.slice(0, -1);
  }
}

function isQuoted(field: string, record: string, { quote }: CsvDialect): boolean {
  return record.endsWith(`${quote}${field.replaceAll(quote, quote + quote)}${quote}`);
}
