/** Cells of Apache Arrow's vectors as values to send. Vectors are known by their shape: any version of the library does. */
import type { ColumnInput, NumericArray } from "@fulgur/neo4j-codec";
import { float, ParameterError } from "@fulgur/neo4j-types";
import { type Any, arrowTypes } from "./arrow-library.ts";
import { isTemporal, temporalsOf } from "./arrow-moments.ts";
import { isNull } from "./arrow-text.ts";

/** A part of a vector, as the library has it. */
interface ArrowData {
  readonly type: Any;
  readonly length: number;
  readonly nullCount: number;
  /** Where its bits of nulls begin. */
  readonly offset: number;
  readonly nullBitmap: Uint8Array | null | undefined;
  readonly values: Any;
  readonly valueOffsets: Int32Array | undefined;
  readonly dictionary: ArrowVector | undefined;
  readonly children: readonly ArrowData[];
}

export interface ArrowVector {
  readonly type: Any;
  readonly length: number;
  readonly nullCount: number;
  readonly data: readonly ArrowData[];
  get(index: number): unknown;
  getChildAt(index: number): ArrowVector | null;
  toArray(): Any;
}

interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChildAt(index: number): ArrowVector | null;
}

export function isArrowVector(value: unknown): value is ArrowVector {
  if (typeof value !== "object" || value === null) return false;
  const { type, data, get } = value as Partial<ArrowVector>;
  return typeof type?.typeId === "number" && Array.isArray(data) && typeof get === "function";
}

export function isArrowTable(value: unknown): value is ArrowTable {
  if (typeof value !== "object" || value === null) return false;
  const { numRows, schema, getChildAt } = value as Partial<ArrowTable>;
  return typeof numRows === "number" && Array.isArray(schema?.fields) && typeof getChildAt === "function";
}

/**
 * A vector as a column: its own array of numbers where it holds those, else an array of values.
 *
 * @throws ParameterError for types that Cypher has no counterpart of
 */
export function arrowCells(vector: ArrowVector, path: string): ColumnInput {
  if (isNumeric(vector.type)) {
    const values = vector.toArray() as NumericArray;
    return vector.nullCount === 0 ? values : { values, validity: validityOf(vector) };
  }
  return arrowValues(vector, path);
}

/** The cells one by one, null where there is none. */
function arrowValues(vector: ArrowVector, path: string): unknown[] {
  const { type } = vector;
  switch (type.typeId) {
    case arrowTypes.utf8:
      return vector.data.flatMap(strings);
    case arrowTypes.dictionary:
      return vector.data.flatMap((data) => words(data, path));
    case arrowTypes.list:
    case arrowTypes.fixedSizeList:
      return lists(vector, path);
    case arrowTypes.struct:
      return structs(vector, path);
    case arrowTypes.null:
    case arrowTypes.int:
    case arrowTypes.bool:
    case arrowTypes.binary:
    case arrowTypes.fixedSizeBinary:
    case arrowTypes.largeBinary:
    case arrowTypes.largeUtf8:
      return each(vector);
    case arrowTypes.float:
      // Float64Array's items would be floats, those of an array whole numbers where they are whole.
      return each(vector).map((value) => (value === null ? null : float(value as number)));
  }
  if (isTemporal(type)) return temporalsOf(vector);
  const message = `the Arrow column ${path} has the type ${String(type)}, which can't be sent: convert it first`;
  throw new ParameterError(message, { path, type: String(type) });
}

function each(vector: ArrowVector): unknown[] {
  return Array.from({ length: vector.length }, (_, i) => vector.get(i) ?? null);
}

/** A byte order mark is text like any other. */
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/** Decoded together: where all is ASCII, strings are parts of one text. */
function strings({ length, values, valueOffsets, nullBitmap, nullCount, offset }: ArrowData): (string | null)[] {
  const offsets = valueOffsets as Int32Array;
  const bytes = values as Uint8Array;
  const start = offsets[0] as number;
  const all = decoder.decode(bytes.subarray(start, offsets[length]));
  const isAscii = all.length === (offsets[length] as number) - start;
  const validity = nullCount === 0 ? undefined : (nullBitmap ?? undefined);
  const found = new Array<string | null>(length);
  for (let i = 0; i < length; i++) {
    const [from, to] = [offsets[i] as number, offsets[i + 1] as number];
    if (isNull(validity, offset + i)) found[i] = null;
    else found[i] = isAscii ? all.slice(from - start, to - start) : decoder.decode(bytes.subarray(from, to));
  }
  return found;
}

function words({ length, values, dictionary, nullBitmap, nullCount, offset }: ArrowData, path: string): unknown[] {
  const all = arrowValues(dictionary as ArrowVector, path);
  const validity = nullCount === 0 ? undefined : (nullBitmap ?? undefined);
  return Array.from({ length }, (_, i) => (isNull(validity, offset + i) ? null : all[Number(values[i])]));
}

/** Lists of numbers are parts of the vector's own array; but those of bytes, which would be sent as BYTES. */
function lists(vector: ArrowVector, path: string): unknown[] {
  return vector.data.flatMap((data, part) => {
    const { length, valueOffsets, nullBitmap, nullCount, offset, type } = data;
    const [items] = data.children as [ArrowData];
    const size = type.listSize as number | undefined;
    const validity = nullCount === 0 ? undefined : (nullBitmap ?? undefined);
    const isPlain = isNumeric(items.type) && items.nullCount === 0 && !(items.values instanceof Uint8Array);
    const before = vector.data.slice(0, part).reduce((sum, { length }) => sum + length, 0);
    return Array.from({ length }, (_, i) => {
      if (isNull(validity, offset + i)) return null;
      if (!isPlain) return arrowValues(vector.get(before + i) as ArrowVector, `${path}[]`);
      const from = size === undefined ? (valueOffsets as Int32Array)[i] : i * size;
      const to = size === undefined ? (valueOffsets as Int32Array)[i + 1] : (i + 1) * size;
      return items.values.subarray(from, to);
    });
  });
}

function structs(vector: ArrowVector, path: string): unknown[] {
  const fields = (vector.type.children as readonly { readonly name: string }[]).map(({ name }, i) => {
    const child = vector.getChildAt(i) as ArrowVector;
    return { name, values: arrowValues(child, `${path}.${name}`) };
  });
  return Array.from({ length: vector.length }, (_, i) => {
    if (vector.get(i) === null) return null;
    return Object.fromEntries(fields.map(({ name, values }) => [name, values[i]]));
  });
}

/** Of half precision there may be no array: those go value by value. */
function isNumeric({ typeId, precision }: Any): boolean {
  return typeId === arrowTypes.int || (typeId === arrowTypes.float && precision !== 0);
}

/** The bits of all parts, from the first one on. */
function validityOf({ length, data }: ArrowVector): Uint8Array {
  const [only] = data;
  if (data.length === 1 && only?.offset === 0) return only.nullBitmap as Uint8Array;
  const bits = new Uint8Array((length + 7) >> 3);
  let at = 0;
  for (const { length: cells, nullBitmap, nullCount, offset } of data) {
    const validity = nullCount === 0 ? undefined : (nullBitmap ?? undefined);
    for (let i = 0; i < cells; i++, at++)
      if (!isNull(validity, offset + i)) bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at & 7));
  }
  return bits;
}
