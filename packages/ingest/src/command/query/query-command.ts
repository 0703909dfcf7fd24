/** `fulgur query`: runs a query and prints its rows. */
import type { CommandText } from "../arguments/flag.ts";
import { helpOf } from "../arguments/help.ts";
import { readParameters } from "../arguments/parameters.ts";
import { parseFlags } from "../arguments/parse.ts";
import { connect } from "../connection/connect.ts";
import { commonFlags } from "../connection/flags.ts";
import { counted, duration } from "../display/numbers.ts";
import { exitCodes } from "../failure.ts";
import type { Command } from "../main.ts";
import { changesOf, remarksOf } from "./summary.ts";
import { queryFlags, queryText } from "./text.ts";

const text = {
  name: "query",
  usage: "<cypher> [flags]",
  summary:
    "Runs a query and prints its rows as a table. What it changed and what the server remarks is told on the error stream.",
  flags: {
    ...queryFlags,
    format: { type: "text", choices: ["table", "csv", "jsonl", "json"], help: "how rows are printed; default table" },
    read: { type: "switch", help: "refuse to write; in a cluster, ask any member" },
    ...commonFlags,
  },
  examples: [
    `fulgur query 'MATCH (p:Person) RETURN p.name, p.born ORDER BY p.born LIMIT 10'`,
    `fulgur query 'MATCH (p:Person {name: $name}) RETURN p' --param name=Ada --format jsonl`,
    "fulgur query --file report.cypher --connection production.env --format csv > report.csv",
  ],
} as const satisfies CommandText;

export const query: Command = async (args, terminal) => {
  const { flags, positionals } = await parseFlags(args, text.flags);
  if (flags.help) {
    await terminal.print(helpOf(text));
    return exitCodes.done;
  }
  const cypher = await queryText(positionals, flags.file, terminal);
  const parameters = await readParameters(flags.param);
  // Columns of this engine's know floats from integers, also where all are whole.
  const engine = (flags.format ?? "table") === "table" ? "auto" : "wasm";
  await using driver = await connect(flags, terminal, { engine });
  await using session = driver.session({ defaultAccessMode: flags.read ? "READ" : "WRITE" });
  const { printerFor } = await import("./printer.ts");
  const start = performance.now();
  const result = session.run(cypher, parameters);
  const printer = await printerFor(flags.format ?? "table", await result.keys(), terminal);
  let rows = 0;
  for await (const batch of result.batches()) {
    await printer.print(batch);
    rows += batch.length;
  }
  await printer.end();
  const summary = await result.consume();
  for (const remark of remarksOf(summary)) terminal.say(remark);
  terminal.say([counted(rows, "row"), ...changesOf(summary), duration(performance.now() - start)].join(", "));
  return exitCodes.done;
};
