/** The Arrow types that suit a column's form. */
import { isBrokenValue, type NumericArray } from "@fulgur/neo4j-codec";
import { DriverError } from "@fulgur/neo4j-core";
import type { Form } from "./arrow-form.ts";
import type { Any, ArrowLibrary } from "./arrow-library.ts";
import { sizeOfAll } from "./arrow-lists.ts";
import { unitOf } from "./arrow-temporal.ts";
import type { CheckedArrowOptions } from "./columns-options.ts";

/**
 * @param path the column's name, and those of the columns that it is within
 * @throws DriverError naming a column whose values have no type in common that Arrow has
 */
export function typeFor(form: Form, path: string, arrow: ArrowLibrary, options: CheckedArrowOptions): Any {
  const part = (inner: Form, within: string): Any => typeFor(inner, within, arrow, options);
  const field = (name: string, type: Any): Any => new arrow.Field(name, type, true);
  switch (form.form) {
    case "null":
      return new arrow.Null();
    case "boolean":
      return new arrow.Bool();
    case "number":
      if (form.whole === false) return form.values instanceof Float32Array ? new arrow.Float32() : new arrow.Float64();
      return form.whole === "wide" || form.values instanceof Float64Array
        ? new arrow.Int64()
        : elementType(form.values, arrow);
    case "text":
      return options.dictionaries === true
        ? new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())
        : new arrow.Utf8();
    case "dictionary":
      return options.dictionaries === false
        ? new arrow.Utf8()
        : new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
    case "list": {
      const { items } = form;
      // The words of lists have no dictionary: few tools know how to read that.
      const isText = items.form === "text" || items.form === "dictionary";
      const item = field("item", isText ? new arrow.Utf8() : part(items, `${path}[]`));
      const isOfNumbers = items.form === "number" && items.validity === undefined;
      const size = options.fixedSizeLists && isOfNumbers ? sizeOfAll(form) : undefined;
      return size === undefined ? new arrow.List(item) : new arrow.FixedSizeList(size, item);
    }
    case "matrix":
      return new arrow.FixedSizeList(form.size, field("item", elementType(form.values, arrow)));
    case "struct":
      return new arrow.Struct(form.names.map((name, i) => field(name, part(form.parts[i] as Form, `${path}.${name}`))));
    case "bytes":
      return new arrow.Binary();
    case "days":
      return new arrow.DateDay();
    case "moment": {
      const unit = unitOf(form);
      if (unit === undefined) return new arrow.Utf8();
      return unit === "nanosecond"
        ? new arrow.TimestampNanosecond(form.zone)
        : new arrow.TimestampMicrosecond(form.zone);
    }
    case "clock":
      return new arrow.TimeNanosecond();
    case "mixed": {
      if (options.json) return new arrow.Utf8();
      const broken = form.values.find(isBrokenValue);
      if (broken !== undefined) {
        const message = `The column ${JSON.stringify(path)} holds a value that can't be decoded: ${broken.cause.reason}`;
        throw new DriverError(`${message}. With \`mixed: "json"\` that stands in its place.`, { cause: broken.cause });
      }
      const advice =
        '`mixed: "json"` makes JSON of them, `expand` gives lists and maps columns of their own; or make them one type in the query';
      throw new DriverError(`The column ${JSON.stringify(path)} has values of no type that Arrow has: ${advice}.`);
    }
  }
}

function elementType(values: NumericArray, arrow: ArrowLibrary): Any {
  if (values instanceof Float32Array) return new arrow.Float32();
  if (values instanceof Float64Array) return new arrow.Float64();
  if (values instanceof Int8Array) return new arrow.Int8();
  if (values instanceof Int16Array) return new arrow.Int16();
  if (values instanceof Int32Array) return new arrow.Int32();
  return new arrow.Int64();
}
