/** How rows are printed. */
import type { Writable } from "node:stream";
import type { ResultBatch } from "@fulgur/neo4j-driver";
import { TableWriter } from "../display/table.ts";
import type { Terminal } from "../terminal.ts";

export interface Printer {
  print(batch: ResultBatch): Promise<void>;
  end(): Promise<void>;
}

export type PrintFormat = "table" | "csv" | "jsonl" | "json";

export async function printerFor(format: PrintFormat, keys: readonly string[], terminal: Terminal): Promise<Printer> {
  return format === "table" ? tablePrinter(keys, terminal) : filePrinter(format, keys, terminal);
}

/** What a file would hold, on the output. */
async function filePrinter(
  format: "csv" | "jsonl" | "json",
  keys: readonly string[],
  terminal: Terminal,
): Promise<Printer> {
  const { openWriter } = await import("../../writers/open-writer.ts");
  const { noRows } = await import("../export/no-rows.ts");
  const writer = await openWriter(terminal.stdout as Writable, { format });
  await writer.write(noRows(keys));
  return {
    print: (batch) => writer.write(batch.columns()),
    async end() {
      await writer.finish();
    },
  };
}

function tablePrinter(keys: readonly string[], terminal: Terminal): Printer {
  const table = new TableWriter(keys, { width: terminal.width });
  const printLines = async (lines: readonly string[]) => {
    if (lines.length > 0) await terminal.print(`${lines.join("\n")}\n`);
  };
  return {
    print: ({ values }) => printLines(values.flatMap((row) => table.add(row))),
    // A query that has no columns, such as one that only writes, prints nothing.
    end: () => printLines(keys.length === 0 ? [] : table.end()),
  };
}
