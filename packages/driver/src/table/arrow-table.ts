/** Columns in the form of Apache Arrow, whose library is given by whoever wants it. */
import type { ColumnTable } from "@fulgur/neo4j-codec";
import { DriverError } from "@fulgur/neo4j-core";
import { ArrowWriter } from "./arrow-data.ts";
import { formOf } from "./arrow-form.ts";
import { type Any, type ArrowLibrary, checkArrowLibrary } from "./arrow-library.ts";
import { typeFor } from "./arrow-type.ts";
import { type ArrowOptions, checkArrowOptions } from "./columns-options.ts";
import { expandTable } from "./expand.ts";

/**
 * Columns as a record batch of Apache Arrow. Numbers and strings are not copied where Arrow has them as they are; docs/columns.md says
 * what becomes of which type.
 *
 * @param arrow the library, as `import * as arrow from "apache-arrow"` gives it
 * @throws ConfigurationError for an option that is unknown or wrong; DriverError naming a column whose values Arrow has no type for, or that
 *   aren't of the schema's type
 */
export function arrowRecordBatch<Arrow extends ArrowLibrary>(
  arrow: Arrow,
  table: ColumnTable,
  options: ArrowOptions = {},
): InstanceType<Arrow["RecordBatch"]> {
  checkArrowLibrary(arrow);
  const checked = checkArrowOptions(options);
  const { length, names, columns } = checked.expand ? expandTable(table) : table;
  const writer = new ArrowWriter(arrow, checked.json);
  const asked = checked.schema?.fields as { readonly name: string; readonly type: Any }[] | undefined;
  if (asked !== undefined && asked.length !== columns.length) {
    throw new DriverError(`The schema has ${asked.length} fields, and there are ${columns.length} columns.`);
  }
  const children = columns.map((column, i) => {
    const name = names[i] as string;
    const form = formOf(column);
    return writer.data(form, asked?.[i]?.type ?? typeFor(form, name, arrow, checked), name);
  });
  const fields = uniqueNames(names).map((name, i) => asked?.[i] ?? new arrow.Field(name, children[i].type, true));
  const struct = arrow.makeData({ type: new arrow.Struct(fields), length, nullCount: 0, children });
  return new arrow.RecordBatch(checked.schema ?? new arrow.Schema(fields), struct);
}

/** As {@link arrowRecordBatch}, a table of one batch. */
export function arrowTable<Arrow extends ArrowLibrary>(
  arrow: Arrow,
  table: ColumnTable,
  options: ArrowOptions = {},
): InstanceType<Arrow["Table"]> {
  const batch = arrowRecordBatch(arrow, table, options);
  return new arrow.Table(batch);
}

/** Arrow's tools find columns by their names: the second `x` is `x_2`. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`;
    taken.add(unique);
    return unique;
  });
}
