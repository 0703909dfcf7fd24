/** Lists and vectors in Arrow's two ways to have lists: where each begins, or all of one size. */
import type { NumericArray } from "@fulgur/neo4j-codec";
import type { Form, MatrixForm, NumberForm } from "./arrow-form.ts";
import { isNull } from "./arrow-text.ts";

type Lists = Form & { readonly form: "list" };

/** How many items each list has that isn't null, if all have as many. */
export function sizeOfAll({ length, validity, offsets }: Lists): number | undefined {
  let size: number | undefined;
  for (let i = 0; i < length; i++) {
    if (isNull(validity, i)) continue;
    const own = (offsets[i + 1] as number) - (offsets[i] as number);
    if (size !== undefined && own !== size) return undefined;
    size = own;
  }
  return size;
}

/** The items of lists that have `size` each; a list that is null has some, too. `undefined`: they haven't. */
export function itemsOfSize(form: Form, size: number): Form | undefined {
  if (form.form === "matrix") return form.size === size ? numbersOf(form) : undefined;
  if (form.form !== "list") return undefined;
  if (form.length === 0) return form.items;
  if (sizeOfAll(form) !== size) return undefined;
  if (form.validity === undefined) return form.items;
  const { items } = form;
  return items.form === "number" && items.validity === undefined ? spread(form, items, size) : undefined;
}

function spread({ length, validity, offsets }: Lists, items: NumberForm, size: number): NumberForm {
  const values = new (items.values.constructor as Float64ArrayConstructor)(length * size);
  for (let i = 0; i < length; i++) {
    if (isNull(validity, i)) continue;
    values.set((items.values as Float64Array).subarray(offsets[i], offsets[i + 1]), i * size);
  }
  return { ...items, length: values.length, values };
}

/** Vectors as lists, where each begins. */
export function listsOf(form: MatrixForm): Lists {
  const offsets = Int32Array.from({ length: form.length + 1 }, (_, i) => i * form.size);
  return { form: "list", length: form.length, validity: form.validity, offsets, items: numbersOf(form) };
}

function numbersOf({ values }: MatrixForm): NumberForm {
  return numbers(values);
}

/** A vector's numbers, or those of many. */
export function numbers(values: NumericArray): NumberForm {
  const whole = !(values instanceof Float32Array || values instanceof Float64Array);
  return { form: "number", length: values.length, validity: undefined, whole, values };
}
