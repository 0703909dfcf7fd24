/** Rows as they are sent: their fields converted, and those left out that nobody reads. */
import { ColumnRows, itemOf } from "../source/column-rows.ts";
import { numberAt, type Portion, type RowNumbers } from "../source/row-feed.ts";
import { ObjectRows, type RowSet } from "../source/row-set.ts";
import type { RejectedRow } from "../source/row-source.ts";
import { type Convert, converter, Inconvertible } from "./convert.ts";
import type { PropertyType } from "./property-type.ts";

/** What is left of a portion's rows, and what could not be converted. */
export interface Shaped {
  readonly rows: RowSet;
  readonly numbers: RowNumbers;
  readonly rejected: readonly RejectedRow[];
}

export interface ShapeOptions {
  /** The only fields that are read; `undefined`: all. */
  readonly fields: readonly string[] | undefined;
  readonly types: ReadonlyMap<string, PropertyType>;
}

type Field = readonly [name: string, convert: Convert | undefined, type: PropertyType | undefined];

export class Shape {
  readonly #fields: readonly string[] | undefined;
  readonly #converted: readonly Field[];
  readonly #chosen: readonly Field[] | undefined;

  constructor({ fields, types }: ShapeOptions) {
    const made = new Map([...types].map(([name, type]) => [name, [name, converter(type), type] as Field]));
    this.#fields = fields;
    this.#converted = [...made.values()].filter(([name]) => fields === undefined || fields.includes(name));
    this.#chosen = fields?.map((name) => made.get(name) ?? ([name, undefined, undefined] as const));
  }

  /** Rows that need nothing done are the user's own objects: there may be millions of them. */
  of(portion: Portion): Shaped {
    const { rows, numbers } = portion;
    const isSparing = this.#fields !== undefined && this.#hasMore(rows, this.#fields);
    if (rows.length === 0 || (this.#converted.length === 0 && !isSparing)) return { rows, numbers, rejected: [] };
    return rows instanceof ColumnRows
      ? this.#columns(portion, rows)
      : this.#objects(portion, rows as ObjectRows, isSparing);
  }

  #hasMore(rows: RowSet, fields: readonly string[]): boolean {
    if (rows instanceof ColumnRows) return rows.table.names.some((name) => !fields.includes(name));
    const first = rows.row(0);
    if (typeof first !== "object" || first === null) return false;
    const names = first instanceof Map ? [...first.keys()] : Object.keys(first);
    return names.some((name) => !fields.includes(name as string));
  }

  #objects(portion: Portion, { rows }: ObjectRows, isSparing: boolean): Shaped {
    const fields = (isSparing && this.#chosen) || this.#converted;
    const made: unknown[] = [];
    const bad = new Map<number, RejectedRow>();
    for (let i = 0; i < rows.length; i++) {
      const given = rows[i];
      // What is no row is for the server, or the codec, to refuse.
      if (typeof given !== "object" || given === null) {
        made.push(given);
        continue;
      }
      const row = given instanceof Map ? Object.fromEntries(given) : (given as { [field: string]: unknown });
      const shaped: { [field: string]: unknown } = isSparing ? {} : { ...row };
      let at = 0;
      try {
        for (; at < fields.length; at++) {
          const [name, convert] = fields[at]!;
          const value = row[name];
          shaped[name] = convert === undefined ? (value ?? null) : convert(value);
        }
        made.push(shaped);
      } catch (error) {
        bad.set(i, rejection(portion, i, fields[at]!, error));
      }
    }
    return without(portion.numbers, new ObjectRows(made), bad, rows.length);
  }

  #columns(portion: Portion, rows: ColumnRows): Shaped {
    const bad = new Map<number, RejectedRow>();
    const names = [...new Set(rows.table.names)].filter((name) => this.#fields?.includes(name) ?? true);
    const made = rows.withColumns(names, (column, name) => {
      const field = this.#converted.find(([one]) => one === name);
      if (field === undefined) return column;
      const convert = field[1]!;
      return Array.from({ length: column.length }, (_, i) => {
        try {
          return convert(itemOf(column, i));
        } catch (error) {
          bad.set(i, rejection(portion, i, field, error));
          return null;
        }
      });
    });
    if (bad.size === 0) return { rows: made, numbers: portion.numbers, rejected: [] };
    const good = Array.from({ length: rows.length }, (_, i) => i).filter((i) => !bad.has(i));
    return without(portion.numbers, made.pick(good), bad, rows.length);
  }
}

function without(numbers: RowNumbers, rows: RowSet, bad: ReadonlyMap<number, RejectedRow>, length: number): Shaped {
  if (bad.size === 0) return { rows, numbers, rejected: [] };
  const good: number[] = [];
  for (let i = 0; i < length; i++) if (!bad.has(i)) good.push(numberAt(numbers, i));
  return { rows, numbers: good, rejected: [...bad.values()] };
}

/** @throws what is no fault of the value's */
function rejection(
  { file, rows, numbers }: Portion,
  index: number,
  [name, , type]: Field,
  error: unknown,
): RejectedRow {
  if (!(error instanceof Inconvertible)) throw error;
  return {
    file,
    row: numberAt(numbers, index),
    content: rows.row(index),
    reason: `The field ${JSON.stringify(name)} can't be ${article(type!)} ${type}: it is ${error.message}.`,
  };
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? "an" : "a";
}
