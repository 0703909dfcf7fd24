/** A column's form as the data of an Arrow type, which suits it or was asked for. Arrays are not copied where they are as Arrow has them. */
import { isBrokenValue } from "@fulgur/neo4j-codec";
import { DriverError } from "@fulgur/neo4j-core";
import { jsonValue } from "@fulgur/neo4j-types";
import type { Form, TextForm } from "./arrow-form.ts";
import { type Any, type ArrowLibrary, arrowTypes } from "./arrow-library.ts";
import { itemsOfSize, listsOf } from "./arrow-lists.ts";
import { floatsFor, integersFor } from "./arrow-numbers.ts";
import { counted, perSecond, timesOf, wide } from "./arrow-temporal.ts";
import { coded, spelled, textOf } from "./arrow-text.ts";

export class ArrowWriter {
  readonly #arrow: ArrowLibrary;
  readonly #json: boolean;

  /** @param json whether what isn't text becomes JSON where text is asked for */
  constructor(arrow: ArrowLibrary, json: boolean) {
    this.#arrow = arrow;
    this.#json = json;
  }

  /**
   * @param path the column's name, and those of the columns that it is within
   * @throws DriverError naming a column whose values aren't of the type
   */
  data(form: Form, type: Any, path: string): Any {
    const { length, validity } = form;
    // As the library has it for columns of other types that hold nothing but nulls.
    const written = form.form === "null" ? this.#nothing(type, length, path) : this.#written(form, type, path);
    if (written === undefined) {
      if (isMade(type)) misfit(path, type);
      throw new DriverError(`The schema asks for ${String(type)} in the column ${JSON.stringify(path)}: ${notMade}.`);
    }
    const nullBitmap = written.validity ?? validity;
    return this.#arrow.makeData({ type, length, ...(nullBitmap && { nullBitmap }), ...written.parts });
  }

  #written(form: Form, type: Any, path: string): Written | undefined {
    const misfitAt = (row: number) => misfit(path, type, row);
    switch (type.typeId) {
      case arrowTypes.bool:
        return form.form === "boolean" ? { parts: { data: bits(form.values) } } : undefined;
      case arrowTypes.int:
        return form.form === "number" ? dataOf(integersFor(form, type, misfitAt)) : undefined;
      case arrowTypes.float:
        return form.form === "number" ? dataOf(floatsFor(form, type.precision, misfitAt)) : undefined;
      case arrowTypes.utf8: {
        const text = this.#text(form);
        return text && { parts: { valueOffsets: text.offsets, data: text.bytes }, validity: text.validity };
      }
      case arrowTypes.dictionary:
        return this.#dictionary(form, type);
      case arrowTypes.binary:
        if (form.form !== "bytes") return undefined;
        return { parts: { valueOffsets: form.offsets, data: form.bytes } };
      case arrowTypes.date:
        return this.#days(form, type);
      case arrowTypes.timestamp: {
        if (form.form !== "moment" || (form.zone === null) !== ((type.timezone ?? null) === null)) return undefined;
        return dataOf(counted(form, perSecond[type.unit as 0 | 1 | 2 | 3], misfitAt));
      }
      case arrowTypes.time:
        return form.form === "clock" ? dataOf(timesOf(form, perSecond[type.unit as 0 | 1 | 2 | 3])) : undefined;
      case arrowTypes.list: {
        const lists = form.form === "matrix" ? listsOf(form) : form;
        if (lists.form !== "list") return undefined;
        const child = this.data(lists.items, type.children[0].type, `${path}[]`);
        return { parts: { valueOffsets: lists.offsets, child } };
      }
      case arrowTypes.fixedSizeList:
        return this.#fixedSizeList(form, type, path);
      case arrowTypes.struct:
        return this.#struct(form, type, path);
      default:
        return undefined;
    }
  }

  #nothing(type: Any, length: number, path: string): Written | undefined {
    if (type.typeId === arrowTypes.null) return { parts: {} };
    const nothing: Form = { form: "null", length: 0, validity: undefined };
    const nothings: Form = { form: "null", length, validity: new Uint8Array((length + 7) >> 3) };
    const bytes = new Uint8Array();
    const integers = (bits: number) => (bits === 64 ? new BigInt64Array(length) : new Int32Array(length));
    switch (type.typeId) {
      case arrowTypes.bool:
        return dataOf(new Uint8Array((length + 7) >> 3));
      case arrowTypes.int:
      case arrowTypes.float:
        return dataOf(new type.ArrayType(length));
      case arrowTypes.utf8:
      case arrowTypes.binary:
        return { parts: { valueOffsets: new Int32Array(length + 1), data: bytes } };
      case arrowTypes.dictionary:
        return this.#dictionary({ ...nothings, form: "text", offsets: new Int32Array(length + 1), bytes }, type);
      case arrowTypes.date:
        return dataOf(integers(type.unit === 0 ? 32 : 64));
      case arrowTypes.timestamp:
        return dataOf(integers(64));
      case arrowTypes.time:
        return dataOf(integers(type.bitWidth));
      case arrowTypes.list:
        return {
          parts: { valueOffsets: new Int32Array(length + 1), child: this.data(nothing, type.children[0].type, path) },
        };
      case arrowTypes.fixedSizeList: {
        const size = length * type.listSize;
        const items: Form = { form: "null", length: size, validity: new Uint8Array((size + 7) >> 3) };
        return { parts: { child: this.data(items, type.children[0].type, path) } };
      }
      case arrowTypes.struct:
        return { parts: { children: type.children.map((field: Any) => this.data(nothings, field.type, path)) } };
      default:
        return undefined;
    }
  }

  #text(form: Form): TextForm | undefined {
    if (form.form === "text") return form;
    if (form.form === "dictionary") return spelled(form);
    if (form.form === "days" || form.form === "moment") return textOf(form.texts());
    if (!this.#json || form.form !== "mixed") return undefined;
    return textOf(form.values.map((value) => (value === null ? null : jsonText(value))));
  }

  #dictionary(form: Form, type: Any): Written | undefined {
    if (!isDictionaryOfText(type)) return undefined;
    if (form.form !== "dictionary" && form.form !== "text") return undefined;
    const { indices, words } = form.form === "text" ? coded(form) : form;
    const dictionary = new this.#arrow.Vector([this.data(words, type.dictionary, "")]);
    return { parts: { data: indices, dictionary } };
  }

  #days(form: Form, { unit }: Any): Written | undefined {
    if (form.form !== "days") return undefined;
    return dataOf(unit === 0 ? form.days : wide(Float64Array.from(form.days, (day) => day * 86_400_000)));
  }

  #fixedSizeList(form: Form, type: Any, path: string): Written | undefined {
    const items = itemsOfSize(form, type.listSize);
    return items && { parts: { child: this.data(items, type.children[0].type, `${path}[]`) } };
  }

  #struct(form: Form, type: Any, path: string): Written | undefined {
    if (form.form !== "struct") return undefined;
    const fields = type.children as { readonly name: string; readonly type: Any }[];
    // What has no field would be lost.
    if (form.names.some((name) => !fields.some((field) => field.name === name))) return undefined;
    const { length } = form;
    const missing: Form = { form: "null", length, validity: new Uint8Array((length + 7) >> 3) };
    const children = fields.map((field) => {
      return this.data(form.parts[form.names.indexOf(field.name)] ?? missing, field.type, `${path}.${field.name}`);
    });
    return { parts: { children } };
  }
}

interface Written {
  /** Of the library's `makeData`. */
  readonly parts: { readonly [name: string]: unknown };
  readonly validity?: Uint8Array | undefined;
}

function dataOf(data: unknown): Written | undefined {
  return data === undefined ? undefined : { parts: { data } };
}

function jsonText(value: unknown): string {
  return JSON.stringify(isBrokenValue(value) ? { brokenValue: value.cause.reason } : jsonValue(value));
}

function bits(bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array((bytes.length + 7) >> 3);
  for (let i = 0; i < bytes.length; i++)
    if (bytes[i] !== 0) packed[i >> 3] = (packed[i >> 3] as number) | (1 << (i & 7));
  return packed;
}

const notMade = "the driver makes no such columns; docs/columns.md has the types that it makes of a result";

function isMade(type: Any): boolean {
  switch (type.typeId) {
    case arrowTypes.int:
      return type.isSigned || type.bitWidth < 64;
    case arrowTypes.float:
      return type.precision !== 0;
    case arrowTypes.dictionary:
      return isDictionaryOfText(type);
    case arrowTypes.largeUtf8:
    case arrowTypes.largeBinary:
    case arrowTypes.fixedSizeBinary:
    case arrowTypes.duration:
      return false;
    default:
      return Object.values<number>(arrowTypes).includes(type.typeId);
  }
}

function isDictionaryOfText({ dictionary, indices }: Any): boolean {
  return dictionary.typeId === arrowTypes.utf8 && indices.bitWidth === 32 && indices.isSigned;
}

/** @param row the cell that is at fault, or the item of all of a column's lists; none: the values are of another kind */
function misfit(path: string, type: Any, row?: number): never {
  const what =
    row === undefined
      ? "values that aren't"
      : `in ${path.includes("[]") ? "item" : "row"} ${row} a value that doesn't fit`;
  const message = `The column ${JSON.stringify(path)} has ${what} ${String(type)}, which the schema asks for`;
  throw new DriverError(`${message}: take another type for it, or leave \`schema\` out.`);
}
