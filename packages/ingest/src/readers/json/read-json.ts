/** Rows of JSON arrays. */
import type { RowChunk, RowSource } from "../../source/row-source.ts";
import { byteChunks } from "../byte-chunks.ts";
import type { FileInput, InputFile } from "../input.ts";
import { linesIn } from "../lines-in.ts";
import { ReadError } from "../read-error.ts";
import { sourceOfEach } from "../source-of-files.ts";
import { textChunks } from "../text-chunks.ts";
import { JsonElements } from "./json-elements.ts";
import { type CheckedJsonOptions, checkJsonOptions, type JsonOptions } from "./json-options.ts";
import { type JsonRow, JsonRows } from "./json-rows.ts";
import { hasLongNumbers } from "./parse-json.ts";

/**
 * The rows of files that are each one JSON array of objects, read element by element, never a whole array. Everything else as with
 * {@link readJsonLines}: an element that is no JSON, or no object, is rejected with its text.
 *
 * @throws ConfigurationError for options that can't be right; ReadError while reading, for a file that isn't an array or ends before it does
 */
export function readJson(input: FileInput | readonly FileInput[], options: JsonOptions = {}): RowSource<JsonRow> {
  return sourceOfEach(input, checkJsonOptions(options, "readJson"), chunksOf);
}

async function* chunksOf(
  file: InputFile,
  after: number,
  count: (bytes: number) => void,
  options: CheckedJsonOptions,
): AsyncGenerator<RowChunk<JsonRow>> {
  const rows = new JsonRows(file.name, after, options);
  const elements = new JsonElements();
  let lines = 0;
  let isDamaged = false;
  let isFilled = false;
  for await (const chunk of textChunks(byteChunks(file, count), options.encoding)) {
    const dropped = elements.push(chunk.text);
    lines += linesIn(dropped, dropped.length);
    isDamaged = chunk.isDamaged || (isDamaged && elements.text.includes("\ufffd"));
    isFilled ||= chunk.text.trim() !== "";
    const mayBeLong = await hasLongNumbers(elements.text);
    try {
      for (let found = elements.next(); found !== undefined; found = elements.next()) {
        const { begin, end } = found;
        rows.add(elements.text.slice(begin, end).trim(), mayBeLong, isDamaged, () => lineOf(begin));
        if (rows.isFull) yield rows.take();
      }
    } catch (error) {
      if (error instanceof SyntaxError) throw failure(error.message);
      throw error;
    }
    if (elements.pending > options.longestRow) throw failure(`a row has more than ${options.longestRow} characters`);
  }
  if (isFilled && !elements.isEnded) throw failure("it ends before its array does");
  if (!rows.isEmpty) yield rows.take();

  /** Of the first text behind a place. */
  function lineOf(begin: number): number {
    const space = elements.text.slice(begin).search(/\S/);
    return lines + linesIn(elements.text, begin + Math.max(space, 0)) + 1;
  }

  function failure(why: string): ReadError {
    const line = lineOf(elements.text.length - elements.pending);
    return new ReadError(why, { file: file.name, row: rows.number + 1, line });
  }
}
