/** Rows of JSON lines. */
import type { RowChunk, RowSource } from "../../source/row-source.ts";
import { byteChunks } from "../byte-chunks.ts";
import type { FileInput, InputFile } from "../input.ts";
import { linesIn } from "../lines-in.ts";
import { ReadError } from "../read-error.ts";
import { sourceOfEach } from "../source-of-files.ts";
import { textChunks } from "../text-chunks.ts";
import { type CheckedJsonOptions, checkJsonOptions, type JsonOptions } from "./json-options.ts";
import { type JsonRow, JsonRows } from "./json-rows.ts";
import { hasLongNumbers } from "./parse-json.ts";

/**
 * The rows of files with a JSON object in each line, as `JSON.parse` gives them, but whole numbers that a `number` doesn't hold exactly are
 * bigints. Files are read part by part, gzip is unpacked. Lines that are no JSON, or no object, are rejected with their text; empty ones
 * are passed over and not counted.
 *
 * @throws ConfigurationError for options that can't be right; ReadError while reading, for a file that can't be read any further
 */
export function readJsonLines(input: FileInput | readonly FileInput[], options: JsonOptions = {}): RowSource<JsonRow> {
  return sourceOfEach(input, checkJsonOptions(options, "readJsonLines"), chunksOf);
}

async function* chunksOf(
  file: InputFile,
  after: number,
  count: (bytes: number) => void,
  options: CheckedJsonOptions,
): AsyncGenerator<RowChunk<JsonRow>> {
  const rows = new JsonRows(file.name, after, options);
  let rest = "";
  let restIsDamaged = false;
  let lines = 0;
  for await (const { text, isDamaged } of textChunks(byteChunks(file, count), options.encoding)) {
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) {
      const whole = rest + text.slice(0, end);
      yield* take(whole, await hasLongNumbers(whole), isDamaged || restIsDamaged);
      lines += linesIn(whole, whole.length);
      rest = "";
      restIsDamaged = false;
    }
    rest += text.slice(end);
    restIsDamaged ||= isDamaged;
    if (rest.length > options.longestRow) {
      const why = `a line has more than ${options.longestRow} characters; is it a JSON array? Then the format is json`;
      throw new ReadError(why, { file: file.name, row: rows.number + 1, line: lines + 1 });
    }
  }
  if (rest !== "") yield* take(rest, await hasLongNumbers(rest), restIsDamaged);
  if (!rows.isEmpty) yield rows.take();

  function* take(text: string, mayBeLong: boolean, isDamaged: boolean): Generator<RowChunk<JsonRow>> {
    for (let begin = 0, end: number; begin < text.length; begin = end + 1) {
      end = text.indexOf("\n", begin);
      if (end < 0) end = text.length;
      const line = text.slice(begin, end > begin && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
      // Anything longer is hardly ever empty, and what it is its parser says.
      if (line.length < 64 && line.trim() === "") continue;
      rows.add(line, mayBeLong, isDamaged, () => lines + linesIn(text, begin) + 1);
      if (rows.isFull) yield rows.take();
    }
  }
}
