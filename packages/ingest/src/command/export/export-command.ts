/** `fulgur export`: writes the rows of a query into a file. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { ColumnKind } from "../../writers/column-kind.ts";
import type { CommandText } from "../arguments/flag.ts";
import { helpOf } from "../arguments/help.ts";
import { readParameters } from "../arguments/parameters.ts";
import { parseFlags } from "../arguments/parse.ts";
import { commonFlags } from "../connection/flags.ts";
import { exitCodes, UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import type { Command } from "../main.ts";
import { sourceFormats } from "../plan/plan.ts";
import { queryFlags, queryText } from "../query/text.ts";

const text = {
  name: "export",
  usage: "<cypher> --to <file> [flags]",
  summary: "Writes the rows of a query into a file, while they arrive. The file appears when it is whole.",
  flags: {
    to: { type: "text", value: "file", short: "o", help: "the file; - is standard output" },
    format: { type: "text", choices: sourceFormats, help: "default: by the name's ending" },
    type: {
      type: "text",
      value: "column=type",
      short: "t",
      repeated: true,
      help: "a column's type in Parquet and Arrow, such as born=date or x=json; default: told by the first rows",
    },
    ...queryFlags,
    write: { type: "switch", help: "let the query write, too; without it the server refuses that" },
    json: { type: "switch", help: "print what was done as a line of JSON, for machines" },
    ...commonFlags,
  },
  examples: [
    "fulgur export 'MATCH (p:Person) RETURN p.id AS id, p.name AS name' --to people.parquet",
    "fulgur export 'MATCH (p:Person) WHERE p.born > $year RETURN p' --param year=1900 --to people.jsonl.gz",
    "fulgur export --file flights.cypher --to - --format csv | head",
  ],
} as const satisfies CommandText;

export const exportRows: Command = async (args, terminal) => {
  const { flags, positionals } = await parseFlags(args, text.flags);
  if (flags.help) {
    await terminal.print(helpOf(text));
    return exitCodes.done;
  }
  const { to, format } = flags;
  if (to === undefined)
    throw new UsageError("Nothing says where the rows go: name a file by --to, such as --to rows.parquet.");
  if (to === "-" && flags.json) throw new UsageError("--json would stand among the rows on standard output.");
  const { formatOfName } = await import("../../readers/formats.ts");
  if (format === undefined && formatOfName(to) === undefined) {
    throw new UsageError(
      `The name ${to} doesn't say what the file is to be: give --format, one of ${sourceFormats.join(", ")}.`,
    );
  }
  const cypher = await queryText(positionals, flags.file, terminal);
  const parameters = await readParameters(flags.param);
  const types = typesOf(flags.type);
  await checkFolder(to);
  const { writeResult } = await import("./write-result.ts");
  return writeResult(
    { cypher, parameters, to, format, types, canWrite: flags.write === true, isMachine: flags.json === true },
    flags,
    terminal,
  );
};

/** Which types there are the writer says. */
function typesOf(given: readonly string[] = []): { readonly [column: string]: ColumnKind } {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.lastIndexOf("=");
      if (at < 1) throw new UsageError(`--type is column=type, such as born=date; not ${JSON.stringify(text)}.`);
      return [text.slice(0, at), text.slice(at + 1) as ColumnKind];
    }),
  );
}

/** Told before the query is run, which may take long. */
async function checkFolder(file: string): Promise<void> {
  if (file === "-") return;
  const folder = await stat(dirname(file)).catch((error: unknown) => {
    throw new UsageError(`The folder of ${file} can't be used: ${failureOf(error)}.`);
  });
  if (!folder.isDirectory()) throw new UsageError(`The folder of ${file} can't be used: it is a file.`);
}
