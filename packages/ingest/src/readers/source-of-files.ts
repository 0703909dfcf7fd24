/** One source of several files, read one after the other. */
import { DriverError } from "@fulgur/neo4j-driver";
import type { RowChunk, RowPosition, RowSource, SourceProgress } from "../source/row-source.ts";
import { type FileInput, type InputFile, inputFiles } from "./input.ts";
import { ReadError, reasonOf } from "./read-error.ts";

/** How the files of a format are read. */
export interface FileReader<Row> {
  /**
   * The rows of a file.
   *
   * @param after how many rows to pass over; they are counted as they would be read
   * @param count is given the number of bytes that were read, each time
   */
  read(file: InputFile, after: number, count: (bytes: number) => void): AsyncIterable<RowChunk<Row>>;
  /** Learns from a file that is passed over what the files behind it need. */
  passOver?(file: InputFile): Promise<void>;
}

/** Of a format in which no file tells anything about another. */
export function sourceOfEach<Row, Options>(
  input: FileInput | readonly FileInput[],
  options: Options,
  read: (
    file: InputFile,
    after: number,
    count: (bytes: number) => void,
    options: Options,
  ) => AsyncIterable<RowChunk<Row>>,
): RowSource<Row> {
  return sourceOfFiles(inputFiles(input), () => ({ read: (file, after, count) => read(file, after, count, options) }));
}

/** @param reader makes the reader of one pass over the files. */
export function sourceOfFiles<Row>(files: readonly InputFile[], reader: () => FileReader<Row>): RowSource<Row> {
  let bytesRead = 0;
  let bytesTotal: number | undefined;
  let isMeasured = false;
  return {
    chunks(after) {
      bytesRead = 0;
      return chunksOf(files, reader(), after, (bytes) => {
        bytesRead += bytes;
      });
    },
    progress(): SourceProgress {
      if (!isMeasured) {
        isMeasured = true;
        bytesTotal = totalOf(files);
      }
      return { bytesRead, bytesTotal };
    },
  };
}

function totalOf(files: readonly InputFile[]): number | undefined {
  let total = 0;
  for (const file of files) {
    const size = file.size();
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

async function* chunksOf<Row>(
  files: readonly InputFile[],
  reader: FileReader<Row>,
  after: RowPosition | undefined,
  count: (bytes: number) => void,
): AsyncGenerator<RowChunk<Row>, void, undefined> {
  const begin = after === undefined ? 0 : files.findIndex(({ name = "" }) => name === after.file);
  if (begin < 0) {
    throw new ReadError("rows were to be read on after it, but it isn't among the files", { file: after?.file });
  }
  for (const [i, file] of files.entries()) {
    try {
      if (i < begin) {
        await reader.passOver?.(file);
        count(file.size() ?? 0);
      } else {
        yield* reader.read(file, i === begin && after !== undefined ? after.row : 0, count);
      }
    } catch (error) {
      // Ours say where; so does what a consumer throws into the iterator.
      if (error instanceof DriverError) throw error;
      throw new ReadError(reasonOf(error), { file: file.name }, error);
    }
  }
}
