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
      column !== undefined
        ? `The column ${JSON.stringify(column)}`
        : file === undefined
          ? "The output"
          : `The file ${JSON.stringify(file)}`;
    super(`${what} can't be written: ${why}.`, { cause });
    this.file = file;
    this.column = column;
  }
}

/** What is wrong with a file, in words for the usual codes of the operating system. */
export function reasonOf(error: unknown): string {
  const { code, message = String(error) } = error as { readonly code?: unknown; readonly message?: string };
  switch (code) {
    case "ENOENT":
      return "its folder does not exist";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "this user may not write it";
    case "EROFS":
      return "its disk can only be read";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    default:
      return message.replace(/\.$/, "");
  }
}
