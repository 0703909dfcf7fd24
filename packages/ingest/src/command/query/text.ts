/** Which query is meant: an argument, or a file. */
import { readFile } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import type { Terminal } from "../terminal.ts";

export const queryFlags = {
  param: {
    type: "text",
    value: "name=value",
    short: "p",
    repeated: true,
    help: "a parameter; the value is JSON, or else text",
  },
  file: { type: "text", value: "file", short: "f", help: "take the query from this file; - is standard input" },
} as const;

export async function queryText(
  positionals: readonly string[],
  file: string | undefined,
  terminal: Terminal,
): Promise<string> {
  const [given, ...more] = positionals;
  if (more.length > 0) throw new UsageError("There is one query at a time: put it into quotation marks.");
  if (given !== undefined && file !== undefined) {
    throw new UsageError("The query is given twice, as an argument and as --file.");
  }
  if (given === undefined && file === undefined) {
    throw new UsageError("No query is given: put it into quotation marks, or name its file by --file.");
  }
  const text = given ?? (await read(file!, terminal));
  if (text.trim() === "") throw new UsageError("The query is empty.");
  return text;
}

async function read(file: string, terminal: Terminal): Promise<string> {
  if (file === "-") return terminal.readStandardInput("the query");
  return readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`The query file ${file} can't be read: ${failureOf(error)}.`);
  });
}
