/** Columns that are all dictionary: the usual form of what repeats, decoded into small numbers instead of values. */
import type {
  AsyncBuffer,
  CompressionCodec,
  Compressors,
  DataReader,
  FileMetaData,
  ParquetParsers,
  SchemaTree,
} from "hyparquet";
import type { DecodedColumn } from "./decoded-column.ts";

/** What of the library is used beside what it says first. */
type Parts = Pick<typeof import("hyparquet/src/column.js"), "parquetHeader" | "readPage"> &
  Pick<typeof import("hyparquet/src/convert.js"), "convert"> &
  Pick<typeof import("hyparquet/src/datapage.js"), "decompressPage"> &
  Pick<typeof import("hyparquet/src/encoding.js"), "readRleBitPackedHybrid">;

type PageHeader = ReturnType<Parts["parquetHeader"]>;

interface Range {
  /** Rows of the row group. */
  readonly begin: number;
  readonly end: number;
}

export interface DictionarySource {
  readonly file: AsyncBuffer;
  /** With the one row group. */
  readonly metadata: FileMetaData;
  readonly root: SchemaTree;
  readonly compressors: Compressors;
}

/**
 * The library makes an array of all values of a column, and several others on the way: ten times the memory of this, which decodes the numbers
 * of the dictionary's entries by the library's own parts.
 *
 * @param convert of a decoded value; called once for each entry of the dictionary
 * @returns `undefined` for a column that has pages of another form
 */
export async function dictionaryColumn(
  { file, metadata, root, compressors }: DictionarySource,
  name: string,
  parsers: ParquetParsers,
  convert: (value: unknown) => unknown,
  { begin, end }: Range,
): Promise<DecodedColumn | undefined> {
  const tree = root.children.find(({ element }) => element.name === name);
  const meta = metadata.row_groups[0]?.columns.find(
    ({ meta_data }) => meta_data?.path_in_schema[0] === name,
  )?.meta_data;
  if (tree === undefined || meta === undefined || tree.children.length > 0) return undefined;
  if (tree.element.repetition_type === "REPEATED" || !meta.encodings.some(isDictionary)) return undefined;
  const parts = await internals();
  const { parquetHeader, readPage, convert: parsed } = parts;
  const first = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const buffer = await file.slice(first, first + Number(meta.total_compressed_size));
  const reader = { view: new DataView(buffer), offset: 0 };
  const isOptional = tree.element.repetition_type === "OPTIONAL";
  const decoder = {
    ...meta,
    pathInSchema: [name],
    element: tree.element,
    schemaPath: [root, tree],
    parsers,
    compressors,
    utf8: false,
  };
  const entries = new Int32Array(end - begin);
  let dictionary: unknown[] | undefined;
  for (let row = 0; row < end; ) {
    const header = parquetHeader(reader);
    if (header.type === "DICTIONARY_PAGE") {
      const { data } = readPage(reader, header, decoder, undefined, undefined, 0);
      dictionary = Array.from(parsed(data ?? [], decoder) as ArrayLike<unknown>, convert);
      continue;
    }
    const v1 = header.data_page_header;
    const v2 = header.data_page_header_v2;
    const page = v1 ?? v2;
    if (dictionary === undefined || page === undefined || !isDictionary(page.encoding)) return undefined;
    const bytes = new Uint8Array(buffer, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    const next = row + page.num_values;
    // Pages of other rows aren't unpacked.
    if (next > begin) {
      const found = pageEntries(bytes, header, { isOptional, codec: meta.codec, compressors }, parts);
      const from = Math.max(begin - row, 0);
      entries.set(found.subarray(from, Math.max(end - row, from)), row + from - begin);
    }
    row = next;
  }
  const all = dictionary;
  return (
    all && {
      cells: (at, size) => Array.from(entries.subarray(at, at + size), (entry) => (entry < 0 ? null : all[entry])),
    }
  );
}

/** The places in the dictionary of a page's values, -1 for null. */
function pageEntries(
  bytes: Uint8Array,
  { data_page_header_v2: v2, data_page_header: v1, uncompressed_page_size: size }: PageHeader,
  form: { readonly isOptional: boolean; readonly codec: CompressionCodec; readonly compressors: Compressors },
  { decompressPage, readRleBitPackedHybrid }: Parts,
): Int32Array {
  const { isOptional, codec, compressors } = form;
  const levels = new Uint8Array((v2 ?? v1)?.num_values ?? 0).fill(isOptional ? 0 : 1);
  let values: DataReader;
  if (v2 !== undefined) {
    const [repetition, definition] = [v2.repetition_levels_byte_length, v2.definition_levels_byte_length];
    if (isOptional) {
      readRleBitPackedHybrid(readerOf(bytes.subarray(repetition, repetition + definition)), 1, levels, definition);
    }
    const packed = bytes.subarray(repetition + definition);
    const rest = size - repetition - definition;
    values = readerOf(
      v2.is_compressed === false || rest === 0 ? packed : decompressPage(packed, rest, codec, compressors),
    );
  } else {
    values = readerOf(decompressPage(bytes, size, codec, compressors));
    if (isOptional) readRleBitPackedHybrid(values, 1, levels);
  }
  const found = new Int32Array(levels.reduce((sum, level) => sum + level, 0));
  const width = found.length === 0 ? 0 : values.view.getUint8(values.offset++);
  if (width > 0) readRleBitPackedHybrid(values, width, found, values.view.byteLength - values.offset);
  if (found.length === levels.length) return found;
  const entries = new Int32Array(levels.length);
  for (let i = 0, at = 0; i < levels.length; i++) entries[i] = levels[i] === 0 ? -1 : (found[at++] as number);
  return entries;
}

function readerOf(bytes: Uint8Array): DataReader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

function isDictionary(encoding: string): boolean {
  return encoding === "RLE_DICTIONARY" || encoding === "PLAIN_DICTIONARY";
}

async function internals(): Promise<Parts> {
  const [{ parquetHeader, readPage }, { convert }, { decompressPage }, { readRleBitPackedHybrid }] = await Promise.all([
    import("hyparquet/src/column.js"),
    import("hyparquet/src/convert.js"),
    import("hyparquet/src/datapage.js"),
    import("hyparquet/src/encoding.js"),
  ]);
  return { parquetHeader, readPage, convert, decompressPage, readRleBitPackedHybrid };
}
