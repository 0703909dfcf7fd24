/** The forms in which Arrow may hold a column: what its values have in common, and arrays of it. */
import { type Column, columnOf, type DictionaryColumn, type NumericArray } from "@fulgur/neo4j-codec";
import { type Any, arrowTypes } from "./arrow-library.ts";
import { formOfStructures } from "./arrow-structures.ts";
import type { ClockForm, DaysForm, MomentForm } from "./arrow-temporal.ts";
import { isNull } from "./arrow-text.ts";
import { formOfValues } from "./arrow-values.ts";

/** What all forms have. Where `validity` is undefined no cell is null; else what arrays hold for a null is open. */
export interface Cells {
  readonly length: number;
  readonly validity: Uint8Array | undefined;
}

export interface NumberForm extends Cells {
  readonly form: "number";
  /** Whether all are whole; `"wide"`: to be written with 64 bits, whatever they are. */
  readonly whole: boolean | "wide";
  readonly values: NumericArray;
}

export interface TextForm extends Cells {
  readonly form: "text";
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

/** A typed array holds the items of all cells, which have `size` each. */
export interface MatrixForm extends Cells {
  readonly form: "matrix";
  readonly size: number;
  readonly values: NumericArray;
}

export interface StructForm extends Cells {
  readonly form: "struct";
  readonly names: readonly string[];
  readonly parts: readonly Form[];
}

export type Form =
  | (Cells & { readonly form: "null" })
  | (Cells & { readonly form: "boolean"; readonly values: Uint8Array })
  | NumberForm
  | TextForm
  | (Cells & { readonly form: "dictionary"; readonly indices: Int32Array; readonly words: TextForm })
  | (Cells & { readonly form: "list"; readonly offsets: Int32Array; readonly items: Form })
  | MatrixForm
  | StructForm
  | (Cells & { readonly form: "bytes"; readonly offsets: Int32Array; readonly bytes: Uint8Array })
  | DaysForm
  | MomentForm
  | ClockForm
  | (Cells & { readonly form: "mixed"; readonly values: readonly unknown[] });

export function formOf(column: Column): Form {
  const { length, validity } = column;
  switch (column.type) {
    case "null":
      return { form: "null", length, validity };
    case "boolean":
      return { form: "boolean", length, validity, values: column.values };
    case "int32":
    case "int53":
    case "int64":
      return { form: "number", length, validity, whole: true, values: column.values };
    case "float64":
    case "number":
      return { form: "number", length, validity, whole: false, values: column.values };
    case "string":
      return { form: "text", length, validity, offsets: column.offsets, bytes: column.bytes };
    case "dictionary": {
      const words = formOf(columnOf(column.dictionary));
      if (words.form === "text") return { form: "dictionary", length, validity, indices: column.indices, words };
      return words.form === "list" ? listsOf(column, words) : formOf(columnOf(column.toArray()));
    }
    case "list":
      return { form: "list", length, validity, offsets: column.offsets, items: formOf(column.items) };
    case "map":
      return { form: "struct", length, validity, names: column.keys, parts: column.columns.map(formOf) };
    case "structure":
      return formOfStructures(column) ?? formOfValues(column.toArray());
    case "values": {
      // Those of users may have a type that the decoder would have seen.
      const typed = columnOf(column.values);
      return typed.type === "values" ? formOfValues(column.values) : formOf(typed);
    }
  }
}

/** As {@link formOf}; where text is asked for, what isn't text by itself is to become JSON like values that have no type in common. */
export function formAsText(column: Column, type: Any): Form {
  const form = formOf(column);
  if (type.typeId !== arrowTypes.utf8 || ["null", "text", "dictionary", "days", "moment"].includes(form.form))
    return form;
  return { form: "mixed", length: column.length, validity: column.validity, values: column.toArray() };
}

/** Lists of strings that repeat: each list's items are again those of its first sight. */
function listsOf({ length, validity, indices }: DictionaryColumn, lists: Form & { readonly form: "list" }): Form {
  const words = lists.items;
  if (words.form !== "text")
    return { form: "list", length, validity, offsets: new Int32Array(length + 1), items: words };
  const offsets = new Int32Array(length + 1);
  const sizeOf = (list: number) => (lists.offsets[list + 1] as number) - (lists.offsets[list] as number);
  for (let i = 0; i < length; i++) {
    offsets[i + 1] = (offsets[i] as number) + (isNull(validity, i) ? 0 : sizeOf(indices[i] as number));
  }
  const places = new Int32Array(offsets[length] as number);
  for (let i = 0; i < length; i++) {
    const first = lists.offsets[indices[i] as number] as number;
    for (let at = offsets[i] as number, k = 0; at < (offsets[i + 1] as number); at++, k++) places[at] = first + k;
  }
  const items: Form = { form: "dictionary", length: places.length, validity: undefined, indices: places, words };
  return { form: "list", length, validity, offsets, items };
}
