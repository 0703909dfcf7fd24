/** The types of a file's columns: told by the first rows that are written, and held by all others. */
import type { ColumnTable } from "@fulgur/neo4j-codec";
import { type ColumnKind, fits, kindOfColumn, type SeenKind } from "./column-kind.ts";
import { WriteError } from "./write-error.ts";

export interface TypedColumn {
  readonly name: string;
  readonly kind: SeenKind;
}

export class ColumnTypes {
  readonly #declared: Readonly<Record<string, ColumnKind>>;
  #columns: readonly TypedColumn[] | undefined;

  constructor(declared: Readonly<Record<string, ColumnKind>>) {
    this.#declared = declared;
  }

  /**
   * The columns, in order. One that has nothing but nulls in the first rows, and isn't declared, is one of strings.
   *
   * @param firstRow of the table in the file, from 1
   * @throws WriteError naming a column of another type than before
   */
  of({ names, columns }: ColumnTable, firstRow: number): readonly TypedColumn[] {
    const seen = columns.map(kindOfColumn);
    this.#columns ??= names.map((name, i) => ({ name, kind: this.#first(name, seen[i] as SeenKind) }));
    for (const [i, { name, kind }] of this.#columns.entries()) {
      const found = seen[i] as SeenKind;
      if (!fits(found, kind) && !takesAll(found, kind)) throw misfit(name, kind, found, firstRow);
    }
    return this.#columns;
  }

  /** Of a file without rows. */
  none(names: readonly string[]): readonly TypedColumn[] {
    return names.map((name) => ({ name, kind: this.#first(name, "null") }));
  }

  #first(name: string, seen: SeenKind): SeenKind {
    if (Object.hasOwn(this.#declared, name)) return this.#declared[name] as ColumnKind;
    if (seen === "null") return "string";
    return seen === "null[]" ? "string[]" : seen;
  }
}

/** JSON can hold everything, and a column of ISO texts other texts. */
function takesAll(found: SeenKind, kind: SeenKind): boolean {
  return kind === "json" || (kind === "string" && found === "text") || (kind === "text" && found === "string");
}

function misfit(name: string, kind: SeenKind, found: SeenKind, firstRow: number): WriteError {
  const advice = `\`types\` can declare what it is for all rows, such as ${found === "json" ? "" : `${JSON.stringify(found)} or `}"json"`;
  const before = firstRow === 1 ? "is declared" : "was before, or was taken to be while it was null,";
  return new WriteError(
    `from row ${firstRow} on it has values of the type ${found}, and it ${before} ${kind}; ${advice}`,
    {
      column: name,
    },
  );
}
