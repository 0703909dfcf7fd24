import {
  BooleanColumn,
  type Column,
  DictionaryColumn,
  ListColumn,
  NullColumn,
  NumberColumn,
  StringColumn,
  ValuesColumn,
} from "./column.ts";
import { mapColumn, validityOf } from "./column-of.ts";

/** A column without its first cells: what is left of a batch that was begun. */
export function cellsFrom(column: Column, start: number): Column {
  if (start === 0) return column;
  const length = column.length - start;
  if (length <= 0) return new NullColumn(0);
  const validity = column.validity && validityOf(length, (i) => column.isNull(start + i));
  switch (column.type) {
    case "null":
      return new NullColumn(length);
    case "boolean":
      return new BooleanColumn(column.values.slice(start), validity);
    case "string": {
      const { offsets, bytes } = offsetsFrom(column.offsets, column.bytes, start);
      return new StringColumn(offsets, bytes, validity);
    }
    case "dictionary":
      return new DictionaryColumn(column.indices.slice(start), column.dictionary, validity);
    case "list": {
      const first = column.offsets[start] as number;
      const offsets = column.offsets.slice(start).map((offset) => offset - first);
      return new ListColumn(offsets, cellsFrom(column.items, first), validity, column.typed);
    }
    case "map": {
      const columns = column.columns.map((each) => cellsFrom(each, start));
      return mapColumn(length, column.keys, columns, validity, column.sparse, false);
    }
    case "structure": {
      const columns = Object.values(column.fields).map((each) => cellsFrom(each, start));
      return column.withCells(length, columns, validity);
    }
    case "values":
      return new ValuesColumn(column.values.slice(start));
    default:
      return new NumberColumn(column.type, column.values.slice(start), validity, column.mayBeNumbers);
  }
}

function offsetsFrom(offsets: Int32Array, bytes: Uint8Array, start: number) {
  const first = offsets[start] as number;
  return { offsets: offsets.slice(start).map((offset) => offset - first), bytes: bytes.slice(first) };
}
