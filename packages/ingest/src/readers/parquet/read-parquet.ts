/** Rows of Parquet files. */
import { ConfigurationError, DriverError } from "@fulgur/neo4j-driver";
import type { AsyncBuffer, FileMetaData, SchemaTree } from "hyparquet";
import type { RowChunk, RowSource } from "../../source/row-source.ts";
import {
  type CheckedColumnarOptions,
  type ColumnarOptions,
  checkColumnarOptions,
  refuseTwice,
} from "../columnar-options.ts";
import type { FileInput, InputFile } from "../input.ts";
import { randomAccess } from "../random-access.ts";
import { ReadError, reasonOf } from "../read-error.ts";
import { type RowOf, rowOf } from "../row-of.ts";
import { sourceOfEach } from "../source-of-files.ts";
import { arrayColumn, type DecodedColumn } from "./decoded-column.ts";
import { dictionaryColumn } from "./dictionary-column.ts";
import { type ParquetColumn, parquetColumn, withParsedValues } from "./parquet-columns.ts";

/** So many values are decoded at once: a row group, or a part of one that is larger. */
const mostCells = 2_000_000;

/**
 * The rows of Parquet files: plain objects by the columns' names, decoded by row group. What the types become:
 *
 * - integers: numbers, or bigints where a number would be rounded; FLOAT and DOUBLE: `Float`, so that whole ones stay FLOAT;
 * - DECIMAL: an integer without digits behind its point, else as the option `decimals` says;
 * - DATE, TIME and TIMESTAMP: `Date`, and with an offset of 0 where they are adjusted to UTC, `Time` and `DateTime`, else `LocalTime` and
 *   `LocalDateTime`; INT96: `LocalDateTime`;
 * - lists: arrays, those of floats a `Float64Array` where none is null; groups and maps: plain objects; STRING, ENUM, JSON and UUID: texts; bytes without a logical type: `Uint8Array`.
 *
 * The index of a file is at its end: streams, standard input and gzip can't be read. All usual compressions within the format can.
 *
 * @throws ConfigurationError for options that can't be right, also while reading: for a column that a file hasn't
 * @throws ReadError while reading, for a file that isn't Parquet, or is damaged
 */
export function readParquet(
  input: FileInput | readonly FileInput[],
  options: ColumnarOptions = {},
): RowSource<Record<string, unknown>> {
  return sourceOfEach(input, checkColumnarOptions(options, "readParquet"), chunksOf);
}

async function* chunksOf(
  input: InputFile,
  after: number,
  count: (bytes: number) => void,
  options: CheckedColumnarOptions,
): AsyncGenerator<RowChunk<Record<string, unknown>>> {
  const access = await randomAccess(input);
  try {
    const file: AsyncBuffer = {
      byteLength: access.size,
      slice: async (begin, end = access.size) => (await access.read(begin, end)).buffer,
    };
    const { metadata, columns } = await openParquet(file, input.name, options);
    const total = Math.max(Number(metadata.num_rows), 1);
    const width = Math.max(columns.length, 1);
    const rowFrom = rowOf(columns.map(({ name }) => name));
    let groupStart = 0;
    let counted = 0;
    for (const group of metadata.row_groups) {
      const groupRows = Number(group.num_rows);
      const part = { ...metadata, row_groups: [group], num_rows: group.num_rows };
      const most = Math.max(Math.floor(mostCells / width), options.chunkRows);
      // Row groups that are done are passed over without being read.
      for (let begin = Math.max(after - groupStart, 0); begin < groupRows; begin += most) {
        const end = Math.min(begin + most, groupRows);
        const values = await decoded(file, part, columns, begin, end, groupStart);
        for (let at = 0; at < end - begin; at += options.chunkRows) {
          const size = Math.min(options.chunkRows, end - begin - at);
          const firstRow = groupStart + begin + at + 1;
          yield { file: input.name, rows: rowsAt(values, rowFrom, at, size), firstRow };
        }
        progress(groupStart + end);
      }
      groupStart += groupRows;
      progress(groupStart);
    }

    function progress(rows: number): void {
      const bytes = Math.floor((access.size * rows) / total);
      count(bytes - counted);
      counted = bytes;
    }
  } finally {
    await access.close();
  }

  async function decoded(
    file: AsyncBuffer,
    metadata: FileMetaData,
    columns: readonly ParquetColumn[],
    rowStart: number,
    rowEnd: number,
    groupStart: number,
  ): Promise<DecodedColumn[]> {
    const [{ parquetScan, parquetSchema }, { compressors }] = await libraries();
    const source = { file, metadata, root: parquetSchema(metadata), compressors };
    const all: DecodedColumn[] = [];
    // One after the other: the bytes of a column are dropped before those of the next are read.
    for (const { name, parsers, convert } of columns) {
      try {
        const range = { begin: rowStart, end: rowEnd };
        const repeated = await dictionaryColumn(source, name, parsers, convert, range);
        if (repeated !== undefined) {
          all.push(repeated);
          continue;
        }
        const options = { file, metadata, columns: [name], parsers, compressors, utf8: false, geoparquet: false };
        const scan = await parquetScan(options);
        all.push(arrayColumn(await scan.readColumn({ column: name, rowStart, rowEnd }), convert));
      } catch (error) {
        if (error instanceof DriverError) throw error;
        const why = `the column ${JSON.stringify(name)} can't be decoded: ${reasonOf(error)}`;
        throw new ReadError(why, { file: input.name, row: groupStart + rowStart + 1 }, error);
      }
    }
    return all;
  }
}

function rowsAt(
  columns: readonly DecodedColumn[],
  rowFrom: RowOf,
  begin: number,
  size: number,
): Record<string, unknown>[] {
  const cells = columns.map((column) => column.cells(begin, size));
  const values = new Array<unknown>(columns.length);
  return Array.from({ length: size }, (_, i) => {
    for (let j = 0; j < cells.length; j++) values[j] = (cells[j] as unknown[])[i];
    return rowFrom(values);
  });
}

async function openParquet(file: AsyncBuffer, name: string | undefined, options: CheckedColumnarOptions) {
  const [{ parquetMetadataAsync, parquetSchema }] = await libraries();
  const found = await parquetMetadataAsync(file, { geoparquet: false });
  const trees: readonly SchemaTree[] = parquetSchema(found).children;
  const names = trees.map(({ element }) => element.name);
  const wanted = options.columns ?? names;
  refuseTwice(names, wanted, name);
  const columns = wanted.map((name) => {
    const tree = trees[names.indexOf(name)];
    if (tree !== undefined) return parquetColumn(tree, options.decimals);
    const has = names.map((one) => JSON.stringify(one)).join(", ");
    const message = `The option \`columns\` of readParquet can't be used: there is no column ${JSON.stringify(name)}; the file has ${has}.`;
    throw new ConfigurationError(message, { option: "columns" });
  });
  return { metadata: withParsedValues(found, trees), columns };
}

/** Loaded by the first file: programs that read no Parquet don't wait for them. */
function libraries() {
  return Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
}
