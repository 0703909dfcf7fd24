import { DriverError } from "@fulgur/neo4j-driver";
import { brandErrorClass } from "@fulgur/neo4j-types";

/** A file can't be written: the disk says why in `cause`, or a column's values have no type in common. Nothing of it is left. */
export class WriteError extends DriverError {
  readonly file: string | undefined;
  /** The column that it is about. */
  readonly column: string | undefined;

  static {
    brandErrorClass(WriteError, "WriteError");
  }

  constructor(
    why: string,
    place: { readonly file?: string | undefined; readonly column?: string | undefined },
    cause?: unknown,
  ) {
    const { file, column } = place;
    const what =
      column !== undefined ? `The column ${JSON.stringify(column)}` : `The file ${JSON.stringify(file ?? "-")}`;
    super(`${what} can't be written: ${why}.`, { cause });
    this.file = file;
    this.column = column;
  }
}
