/** Columns in the form of Apache Arrow, whose library is given by whoever wants it. */
import type { Column, ColumnTable } from "@fulgur/neo4j-codec";
import { DriverError } from "@fulgur/neo4j-core";
import { ArrowWriter } from "./arrow-data.ts";
import { formAsText, formOf } from "./arrow-form.ts";
import type { Any, ArrowLibrary } from "./arrow-library.ts";
import { typeFor } from "./arrow-type.ts";
import { type ArrowOptions, type CheckedArrowOptions, checkArrowOptions } from "./columns-options.ts";
import { expandTable } from "./expand.ts";

/**
 * Columns as a record batch of Apache Arrow. Numbers and strings are not copied where Arrow has them as they are; docs/columns.md says
 * what becomes of which type.
 *
 * @param arrow the library, as `import * as arrow from "apache-arrow"` gives it
 * @throws ConfigurationError for an option that is unknown or wrong; DriverError naming a column whose values Arrow has no type for, or that
 *   aren't what the schema asks for: of its type, name and nullability. Where one value is at fault its row is told, counted from 0.
 */
export function arrowRecordBatch<Arrow extends ArrowLibrary>(
  arrow: Arrow,
  table: ColumnTable,
  options: ArrowOptions = {},
): InstanceType<Arrow["RecordBatch"]> {
  return recordBatchBy(arrow, table, checkArrowOptions(arrow, options));
}

/** As {@link arrowRecordBatch}, a table of one batch. */
export function arrowTable<Arrow extends ArrowLibrary>(
  arrow: Arrow,
  table: ColumnTable,
  options: ArrowOptions = {},
): InstanceType<Arrow["Table"]> {
  return tableBy(arrow, table, checkArrowOptions(arrow, options));
}

/** As {@link arrowTable}, by options that were checked before the columns were read. */
export function tableBy<Arrow extends ArrowLibrary>(
  arrow: Arrow,
  table: ColumnTable,
  options: CheckedArrowOptions,
): InstanceType<Arrow["Table"]> {
  return new arrow.Table(recordBatchBy(arrow, table, options));
}

function recordBatchBy<Arrow extends ArrowLibrary>(
  arrow: Arrow,
  table: ColumnTable,
  checked: CheckedArrowOptions,
): InstanceType<Arrow["RecordBatch"]> {
  const { length, names, columns } = checked.expand ? expandTable(table) : table;
  const writer = new ArrowWriter(arrow, checked.json);
  const unique = uniqueNames(names);
  const asked = askedFields(checked, unique);
  const children = columns.map((column, i) => {
    const name = names[i] as string;
    const field = asked?.[i];
    if (field === undefined) {
      const form = formOf(column);
      return writer.data(form, typeFor(form, name, arrow, checked), name);
    }
    if (field.nullable === false) refuseNulls(column, name);
    return writer.data(checked.json ? formAsText(column, field.type) : formOf(column), field.type, name);
  });
  const fields = unique.map((name, i) => asked?.[i] ?? new arrow.Field(name, children[i].type, true));
  const struct = arrow.makeData({ type: new arrow.Struct(fields), length, nullCount: 0, children });
  return new arrow.RecordBatch(checked.schema ?? new arrow.Schema(fields), struct);
}

interface AskedField {
  readonly name: string;
  readonly type: Any;
  readonly nullable?: boolean;
}

/** The schema's fields, which have to be those of the columns: by another name, values would be taken for others. */
function askedFields({ schema }: CheckedArrowOptions, names: readonly string[]): readonly AskedField[] | undefined {
  const fields = schema?.fields as readonly AskedField[] | undefined;
  if (fields === undefined) return undefined;
  if (fields.length !== names.length) {
    throw new DriverError(`The schema has ${fields.length} fields, and there are ${names.length} columns.`);
  }
  for (const [i, { name }] of fields.entries()) {
    if (name === names[i]) continue;
    const [field, column] = [JSON.stringify(name), JSON.stringify(names[i])];
    throw new DriverError(
      `The schema's field ${i} is ${field}, and the column there is ${column}: give both one name and order.`,
    );
  }
  return fields;
}

function refuseNulls(column: Column, name: string): void {
  for (let i = 0; i < column.length; i++) {
    if (!column.isNull(i)) continue;
    const message = `The column ${JSON.stringify(name)} has in row ${i} a null, and the schema's field is not nullable`;
    throw new DriverError(`${message}: make it \`new Field(name, type, true)\`, or leave nulls out in the query.`);
  }
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
