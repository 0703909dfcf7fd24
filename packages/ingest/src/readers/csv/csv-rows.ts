/** Records of CSV as rows. */
import { ConfigurationError } from "@fulgur/neo4j-driver";
import { type RowOf, rowOf } from "../row-of.ts";
import type { CheckedCsvOptions } from "./csv-options.ts";
import { type FieldType, fieldReader, Misfit, type ReadField } from "./csv-types.ts";
import { inferType } from "./infer-types.ts";

/** The types that were told by the first rows in which a column was met: they hold for all files of a source. */
export type KnownTypes = Map<string, FieldType>;

/** Makes the rows of one file. */
export class CsvRows {
  readonly #names: readonly string[];
  readonly #picked: readonly number[];
  readonly #readers: readonly ReadField[];
  readonly #inferred: ReadonlySet<string>;
  readonly #row: RowOf;
  readonly #values: unknown[];
  /** How many fields a record must have. */
  readonly width: number;

  /** @param first records to tell types by. @throws ConfigurationError for a column that the file hasn't */
  constructor(
    names: readonly string[],
    options: CheckedCsvOptions,
    known: KnownTypes,
    first: readonly (readonly string[])[],
  ) {
    const { columns = names, types, infer, nulls } = options;
    for (const [option, wanted] of Object.entries({ columns, types: Object.keys(types) })) {
      const missing = wanted.find((name) => !names.includes(name));
      if (missing !== undefined) refuseColumn(option, missing, names);
    }
    this.width = names.length;
    this.#names = columns;
    this.#picked = columns.map((name) => names.indexOf(name));
    const inferred = new Set<string>();
    this.#readers = columns.map((name, i) => {
      const declared = Object.hasOwn(types, name) ? types[name] : infer ? known.get(name) : "string";
      if (infer && !Object.hasOwn(types, name)) inferred.add(name);
      if (declared !== undefined) return fieldReader(name, declared, options);
      const texts = first.filter(({ length }) => length === this.width).map((r) => r[this.#picked[i] as number]);
      const type = inferType(texts as string[], nulls);
      known.set(name, type);
      return fieldReader(name, type, options);
    });
    this.#inferred = inferred;
    this.#row = rowOf(columns);
    this.#values = new Array(columns.length);
  }

  /** The row of a record of the right width. @throws Error and {@link Misfit}: see {@link why} */
  row(fields: readonly string[]): Record<string, unknown> {
    const [values, readers, picked] = [this.#values, this.#readers, this.#picked];
    for (let i = 0; i < readers.length; i++) {
      values[i] = (readers[i] as ReadField)(fields[picked[i] as number] as string);
    }
    return this.#row(values);
  }

  /** Why a record is no row. */
  why(fields: readonly string[]): string {
    for (const [i, read] of this.#readers.entries()) {
      const name = this.#names[i] as string;
      try {
        read(fields[this.#picked[i] as number] as string);
      } catch (error) {
        const what = error instanceof Misfit ? `it is ${error.why}` : (error as Error).message;
        const advice = this.#inferred.has(name) ? "; its type was told by the first rows, `types` can declare it" : "";
        return `the column ${JSON.stringify(name)} doesn't fit: ${what}${advice}`;
      }
    }
    return "it can't be read";
  }
}

function refuseColumn(option: string, missing: string, names: readonly string[]): never {
  const has = names.map((name) => JSON.stringify(name)).join(", ");
  const message = `The option \`${option}\` of readCsv can't be used: there is no column ${JSON.stringify(missing)}; the file has ${has}.`;
  throw new ConfigurationError(message, { option });
}
