import { DriverError } from "@fulgur/neo4j-driver";
import { brandErrorClass } from "@fulgur/neo4j-types";

/** Where reading stopped, as far as it is known. */
export interface ReadPlace {
  readonly file?: string | undefined;
  /** From 1, a header not counted. */
  readonly row?: number | undefined;
  /** Of a text file, from 1. */
  readonly line?: number | undefined;
}

/** A file can't be read any further: it isn't there, is damaged, or isn't what it was taken for. `cause` has the first reason. */
export class ReadError extends DriverError {
  readonly file: string | undefined;
  readonly row: number | undefined;
  readonly line: number | undefined;

  static {
    brandErrorClass(ReadError, "ReadError");
  }

  constructor(why: string, { file, row, line }: ReadPlace, cause?: unknown) {
    const places = [line === undefined ? [] : `line ${line}`, row === undefined ? [] : `row ${row}`].flat();
    const where = places.length === 0 ? "" : `, ${places.join(", ")}`;
    super(`${file === undefined ? "The input" : `The file ${JSON.stringify(file)}`}${where}: ${why}.`, { cause });
    this.file = file;
    this.row = row;
    this.line = line;
  }
}

/** What is wrong with a file, in words for the usual codes of the operating system. */
export function reasonOf(error: unknown): string {
  const { code, message = String(error) } = error as { readonly code?: unknown; readonly message?: string };
  switch (code) {
    case "ENOENT":
      return "it does not exist";
    case "EISDIR":
      return "it is a folder; name the files in it, as in folder/*.csv";
    case "EACCES":
    case "EPERM":
      return "this user may not read it";
    case "Z_DATA_ERROR":
    case "Z_BUF_ERROR":
      return "its gzip data is damaged or cut off";
    default:
      return message.replace(/\.$/, "");
  }
}
