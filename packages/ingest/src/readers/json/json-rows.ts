/** JSON's texts on their way into chunks of rows. */
import type { RowChunk } from "../../source/row-source.ts";
import { RowChunks } from "../row-chunks.ts";
import { damaged } from "../text-chunks.ts";
import type { CheckedJsonOptions } from "./json-options.ts";
import { parseJson } from "./parse-json.ts";

export type JsonRow = Record<string, unknown>;

/** Collects the rows of one file. */
export class JsonRows {
  readonly #options: CheckedJsonOptions;
  readonly #chunks: RowChunks<JsonRow>;
  readonly #after: number;
  /** Of the row that was added last. */
  number = 0;

  constructor(file: string | undefined, after: number, options: CheckedJsonOptions) {
    this.#options = options;
    this.#after = after;
    this.#chunks = new RowChunks(file);
  }

  get isFull(): boolean {
    return this.#chunks.size >= this.#options.chunkRows;
  }

  get isEmpty(): boolean {
    return this.#chunks.size === 0;
  }

  take(): RowChunk<JsonRow> {
    return this.#chunks.take();
  }

  /**
   * @param mayBeLong whether it may have numbers that `JSON.parse` rounds
   * @param line where it begins, asked for if it is rejected
   */
  add(text: string, mayBeLong: boolean, isDamaged: boolean, line: () => number): void {
    const number = ++this.number;
    if (number <= this.#after) return;
    let why: string;
    try {
      const value = parseJson(text, mayBeLong);
      if (isDamaged && text.includes("\ufffd")) why = damaged(this.#options.encoding);
      else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        this.#chunks.add(value as JsonRow, number);
        return;
      } else why = "it is no object";
    } catch (error) {
      why = `it is no JSON: ${withoutText((error as Error).message)}`;
    }
    this.#chunks.reject(number, text, `line ${line()}: ${why}`);
  }
}

/** V8 quotes the text, which the rejected row has anyway. */
function withoutText(message: string): string {
  return message.replace(/,? (?:\.\.\.)?"[\s\S]*" is not valid JSON$/, "").replace(/ \(line \d+ column \d+\)$/, "");
}
