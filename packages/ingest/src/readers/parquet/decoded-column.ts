/** A column of some rows of a row group, decoded. */
export interface DecodedColumn {
  /** The values of so many rows from a place on. */
  cells(begin: number, size: number): unknown[];
}

/** Of an array of values as the library gives them. */
export function arrayColumn(values: ArrayLike<unknown>, convert: (value: unknown) => unknown): DecodedColumn {
  return { cells: (begin, size) => Array.from({ length: size }, (_, i) => convert(values[begin + i])) };
}
