/** Columns of single values: what they have in common. */
import { columnOf } from "@fulgur/neo4j-codec";
import {
  type Duration,
  fromTemporal,
  kindOf,
  type Node,
  type Point,
  type Relationship,
  type Vector,
} from "@fulgur/neo4j-types";
import { isPlain } from "../plain-data.ts";
import { type Form, formOf } from "./arrow-form.ts";
import { numbers } from "./arrow-lists.ts";
import { wholeParts } from "./arrow-structures.ts";
import { clocksOf, daysOf, instantsOf, momentsOf } from "./arrow-temporal.ts";
import { textOf } from "./arrow-text.ts";

type Values = readonly unknown[];

export function formOfValues(values: Values): Form {
  const validity = columnOf(values.map((value) => (value === null ? null : true))).validity;
  const known = values.some(isTc39)
    ? values.map((value) => (isTc39(value) ? (fromTemporal(value as object) ?? value) : value))
    : values;
  const form = formOfKind(known, validity);
  return form ?? { form: "mixed", length: values.length, validity, values };
}

function isTc39(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    String((value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]).startsWith("Temporal.")
  );
}

function formOfKind(values: Values, validity: Uint8Array | undefined): Form | undefined {
  const cells = { length: values.length, validity };
  const is = (test: (value: unknown) => boolean) => values.every((value) => value === null || test(value));
  const first = values.find((value) => value !== null);
  if (typeof first === "number" || typeof first === "bigint")
    return is(isExact) ? doubles(values, validity) : undefined;
  if (typeof first !== "object" || first === null) return undefined;
  if (first instanceof Date)
    return is((value) => value instanceof Date) ? instantsOf(values as Date[], validity) : undefined;
  if (first instanceof Uint8Array)
    return is((value) => value instanceof Uint8Array) ? bytes(values, validity) : undefined;
  if (isList(first)) return is(isList) ? lists(values, validity) : undefined;
  const kind = kindOf(first);
  if (kind === undefined) return is(isPlain) ? maps(values, validity) : undefined;
  if (!is((value) => kindOf(value) === kind)) return undefined;
  switch (kind) {
    case "Date":
      return daysOf(values as [], validity) ?? texts(values);
    case "LocalTime":
      return clocksOf(values as [], validity);
    case "LocalDateTime":
    case "DateTime":
      return momentsOf(values as [], validity);
    case "Time":
    case "UUID":
      return texts(values);
    case "Vector":
      return vectors(values as readonly (Vector | null)[], validity);
    case "Duration":
      return struct(values as readonly (Duration | null)[], cells, ["months", "days", "seconds", "nanoseconds"]);
    case "Point": {
      const points = values as readonly (Point | null)[];
      const isDeep = points.some((point) => point?.z !== undefined && point.z !== null);
      return struct(points, cells, isDeep ? ["srid", "x", "y", "z"] : ["srid", "x", "y"]);
    }
    case "Node":
      return struct(values as readonly (Node | null)[], cells, ["elementId", "labels", "properties"]);
    case "Relationship":
      return struct(values as readonly (Relationship | null)[], cells, [
        "elementId",
        "startNodeElementId",
        "endNodeElementId",
        "type",
        "properties",
      ]);
    default:
      return undefined;
  }
}

function texts(values: Values): Form | undefined {
  return textOf(values.map((value) => (value === null ? null : String(value))));
}

/** A number that a double can hold. */
function isExact(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "bigint" && Number.isSafeInteger(Number(value)));
}

function doubles(values: Values, validity: Uint8Array | undefined): Form {
  return { form: "number", length: values.length, validity, whole: false, values: Float64Array.from(values, Number) };
}

function bytes(values: Values, validity: Uint8Array | undefined): Form {
  const parts = values as readonly (Uint8Array | null)[];
  const offsets = new Int32Array(values.length + 1);
  for (const [i, part] of parts.entries()) offsets[i + 1] = (offsets[i] as number) + (part?.length ?? 0);
  const all = new Uint8Array(offsets[values.length] as number);
  for (const [i, part] of parts.entries()) if (part !== null) all.set(part, offsets[i]);
  return { form: "bytes", length: values.length, validity, offsets, bytes: all };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float64Array;
}

function lists(values: Values, validity: Uint8Array | undefined): Form {
  const offsets = new Int32Array(values.length + 1);
  const items: unknown[] = [];
  for (const [i, list] of (values as readonly (ArrayLike<unknown> | null)[]).entries()) {
    for (let k = 0; k < (list?.length ?? 0); k++) items.push((list as ArrayLike<unknown>)[k]);
    offsets[i + 1] = items.length;
  }
  return { form: "list", length: values.length, validity, offsets, items: formOf(columnOf(items)) };
}

/** Maps as structs of all their keys; what a map hasn't is null. */
function maps(values: Values, validity: Uint8Array | undefined): Form {
  const all = values as readonly ({ readonly [key: string]: unknown } | null)[];
  const names = [...new Set(all.flatMap((map) => (map === null ? [] : Object.keys(map))))];
  const parts = names.map((name) =>
    formOf(columnOf(all.map((map) => (map !== null && Object.hasOwn(map, name) ? map[name] : null)))),
  );
  return { form: "struct", length: values.length, validity, names, parts };
}

function struct<Value extends object>(
  values: readonly (Value | null)[],
  cells: { readonly length: number; readonly validity: Uint8Array | undefined },
  names: readonly (keyof Value & string)[],
): Form {
  const parts = names.map((name) => {
    const column = columnOf(values.map((value) => (value === null ? null : (value[name] ?? null))));
    const form = formOf(column);
    return form.form === "number" ? { ...form, whole: wholeParts[name] ?? true } : form;
  });
  return { form: "struct", ...cells, names, parts };
}

function vectors(values: readonly (Vector | null)[], validity: Uint8Array | undefined): Form | undefined {
  const first = values.find((value) => value !== null) as Vector;
  const { length: size, elementType } = first;
  if (!values.every((value) => value === null || value.elementType === elementType)) return undefined;
  const NumbersOf = first.data.constructor as Float64ArrayConstructor;
  if (values.every((value) => value === null || value.length === size)) {
    const data = new NumbersOf(size * values.length);
    for (const [i, value] of values.entries()) if (value !== null) data.set(value.data as Float64Array, i * size);
    return { form: "matrix", length: values.length, validity, size, values: data };
  }
  const offsets = new Int32Array(values.length + 1);
  for (const [i, value] of values.entries()) offsets[i + 1] = (offsets[i] as number) + (value?.length ?? 0);
  const data = new NumbersOf(offsets[values.length] as number);
  for (const [i, value] of values.entries()) if (value !== null) data.set(value.data as Float64Array, offsets[i]);
  return { form: "list", length: values.length, validity, offsets, items: numbers(data) };
}
