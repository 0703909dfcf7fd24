import type { InputPosition } from "./server-errors.ts";

/** The part of a failure, or of one of its causes, that a place can be found in. */
interface Link {
  readonly message?: string | undefined;
  readonly diagnosticRecord?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: Link | undefined;
}

/** How servers write a place in a message; the offset is missing in some. */
const written = /\(?line (\d+), column (\d+)(?: \(offset: (\d+)\))?\)?/;

/** Longer lines are cut around the place. */
const widest = 100;

/** The place in the query that a failure is about: from a diagnostic record, else from the server's text. */
export function findPosition(failure: Link): InputPosition | undefined {
  for (let link: Link | undefined = failure; link !== undefined; link = link.cause) {
    const position = fromRecord(link.diagnosticRecord?.["_position"]);
    if (position !== undefined) return position;
  }
  for (let link: Link | undefined = failure; link !== undefined; link = link.cause) {
    const found = written.exec(link.message ?? "");
    if (found) {
      const [, line, column, offset] = found;
      return { line: Number(line), column: Number(column), offset: offset === undefined ? -1 : Number(offset) };
    }
  }
  return undefined;
}

/** The message, and below it the query's line with a caret under the place, unless the server already drew one. */
export function withCaret(message: string, position: InputPosition | undefined, query: string | undefined): string {
  if (position === undefined) return message;
  const place = written.test(message) ? "" : ` (line ${position.line}, column ${position.column})`;
  const line = query?.split(/\r\n|\r|\n/)[position.line - 1];
  const drawn = /\n\s*"?\s*\^\s*$/.test(message);
  if (line === undefined || drawn || position.column < 1 || position.column > line.length + 1) return message + place;
  const start = Math.max(0, Math.min(position.column - 1 - widest / 2, line.length - widest));
  const shown = line.slice(start, start + widest);
  // A tab above a tab keeps the caret in place whatever a tab's width is.
  const indent = line.slice(start, position.column - 1).replace(/[^\t]/g, " ");
  return `${message}${place}\n${shown}\n${indent}^`;
}

function fromRecord(value: unknown): InputPosition | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { offset, line, column } = value as Record<string, unknown>;
  if (!isWhole(line) || !isWhole(column)) return undefined;
  return { offset: isWhole(offset) ? Number(offset) : -1, line: Number(line), column: Number(column) };
}

function isWhole(value: unknown): value is number | bigint {
  return typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
}
