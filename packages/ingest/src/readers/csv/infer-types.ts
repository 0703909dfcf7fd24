/** The types of columns, told by the first rows. */
import { type FieldType, fieldReader, type ReadField } from "./csv-types.ts";

const day = String.raw`\d{4}-\d\d-\d\d`;
const clock = String.raw`\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?`;

/**
 * From the narrowest on. A whole number with leading zeros is a text: a postcode, a number of an account. So is one that neither an integer
 * nor a float holds exactly.
 */
const forms: readonly (readonly [FieldType & string, RegExp])[] = [
  ["integer", /^-?(?:0|[1-9]\d{0,18})$/],
  ["float", /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?(?:[eE][+-]?\d+)?$/],
  ["boolean", /^(?:true|false)$/i],
  ["date", new RegExp(`^${day}$`)],
  ["localdatetime", new RegExp(`^${day}[T ]${clock}$`)],
  ["datetime", new RegExp(`^${day}[T ]${clock}(?:Z|[+-]\\d\\d(?::?\\d\\d)?)$`)],
];

const candidates = forms.map(([type, form]) => {
  return { type, form, read: fieldReader("", type, { nulls: [], listDelimiter: ";" }) };
});

/** The narrowest type that all texts of a column have; `"string"` if there is none, or no text that isn't null. */
export function inferType(texts: Iterable<string>, nulls: readonly string[]): FieldType {
  let left = candidates;
  let isEmpty = true;
  for (const text of texts) {
    if (nulls.includes(text)) continue;
    isEmpty = false;
    left = left.filter(({ form, read }) => form.test(text) && hasValue(read, text));
    if (left.length === 0) return "string";
  }
  return isEmpty ? "string" : (left[0]?.type as FieldType);
}

function hasValue(read: ReadField, text: string): boolean {
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}
