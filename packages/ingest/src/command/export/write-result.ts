/** Streams the result of a query into a file. */
import type { ResultSummary } from "@fulgur/neo4j-driver";
import type { FileFormat } from "../../readers/formats.ts";
import type { ColumnKind } from "../../writers/column-kind.ts";
import { openWriter } from "../../writers/open-writer.ts";
import { connect } from "../connection/connect.ts";
import type { ConnectionFlags } from "../connection/flags.ts";
import { jsonLine } from "../display/json.ts";
import { counted, duration, fileSize, grouped } from "../display/numbers.ts";
import { CommandFailure, exitCodes, UsageError } from "../failure.ts";
import { Interrupts } from "../interrupt.ts";
import { changesOf, remarksOf } from "../query/summary.ts";
import type { Terminal } from "../terminal.ts";
import { noRows } from "./no-rows.ts";

export interface Export {
  readonly cypher: string;
  readonly parameters: { readonly [name: string]: unknown };
  readonly to: string;
  readonly format: FileFormat | undefined;
  readonly types: { readonly [column: string]: ColumnKind };
  readonly canWrite: boolean;
  readonly isMachine: boolean;
}

/** Rows that are asked for at once: few answers, and still little memory. Columns of this engine's know floats from integers, also where all are whole. */
const driverOptions = { fetchSize: 10_000, engine: "wasm" } as const;

export async function writeResult(job: Export, flags: ConnectionFlags, terminal: Terminal): Promise<number> {
  const { cypher, parameters, to, format, types } = job;
  using interrupts = new Interrupts(() => {});
  const writer = await openWriter(to, { format, types });
  const progress = new ExportProgress(terminal);
  try {
    await using driver = await connect(flags, terminal, { ...driverOptions, signal: interrupts.signal });
    await using session = driver.session({ defaultAccessMode: job.canWrite ? "WRITE" : "READ" });
    const start = performance.now();
    const result = session.run(cypher, parameters, { signal: interrupts.signal });
    const keys = await result.keys();
    if (keys.length === 0) throw noColumns(await result.consume());
    await writer.write(noRows(keys));
    progress.begin(start);
    for await (const batch of result.batches()) {
      await writer.write(batch.columns());
      progress.add(batch.length);
    }
    const summary = await result.consume();
    const { rows, bytes } = await writer.finish();
    progress.end();
    const milliseconds = performance.now() - start;
    for (const remark of remarksOf(summary)) terminal.say(remark);
    if (job.isMachine) {
      await terminal.print(
        jsonLine({ event: "summary", exitCode: exitCodes.done, file: to, rows, bytes, elapsed: milliseconds }),
      );
    } else {
      const facts = [fileSize(bytes), ...changesOf(summary), duration(milliseconds)];
      if (rows >= 1000) facts.push(`${grouped(Math.round((rows / milliseconds) * 1000))} rows/s`);
      terminal.say(`${counted(rows, "row")} to ${to === "-" ? "standard output" : to} (${facts.join(", ")})`);
    }
    return exitCodes.done;
  } catch (error) {
    progress.end();
    await writer.abandon();
    throw interrupts.signal.aborted ? interrupts.signal.reason : error;
  }
}

/** It has been run: what it changed has to be told. */
function noColumns(summary: ResultSummary): Error {
  const why = "The query returns no columns: it needs a RETURN.";
  const changes = changesOf(summary);
  return changes.length === 0
    ? new UsageError(why)
    : new CommandFailure(`${why} It was run all the same: ${changes.join(", ")}.`);
}

/** A line on a terminal that redraws itself; elsewhere nothing, the end says all. */
class ExportProgress {
  readonly #terminal: Terminal;
  #start = 0;
  #rows = 0;
  #drawn = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  begin(start: number): void {
    this.#start = start;
  }

  add(rows: number): void {
    this.#rows += rows;
    const now = performance.now();
    if (!this.#terminal.isLively || now - this.#drawn < 100) return;
    this.#drawn = now;
    const rate = Math.round((this.#rows / (now - this.#start)) * 1000);
    this.#terminal.stderr.write(`\r${counted(this.#rows, "row")}  ${grouped(rate)} rows/s\u001b[K`);
  }

  end(): void {
    if (this.#drawn > 0) this.#terminal.stderr.write("\r\u001b[K");
  }
}
