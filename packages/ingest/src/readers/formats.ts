/** What kinds of files there are. */
import { ConfigurationError } from "@fulgur/neo4j-driver";

export const fileFormats = ["csv", "jsonl", "json", "parquet", "arrow"] as const;

/** CSV, also with tabs; JSON lines; a JSON array; Apache Parquet; Apache Arrow's file and stream. */
export type FileFormat = (typeof fileFormats)[number];

const byEnding: Readonly<Record<string, FileFormat>> = {
  csv: "csv",
  tsv: "csv",
  tab: "csv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  json: "json",
  parquet: "parquet",
  pq: "parquet",
  arrow: "arrow",
  arrows: "arrow",
  feather: "arrow",
  ipc: "arrow",
};

/** What a name's ending says; a `.gz` behind it says nothing. */
export function formatOfName(name: string): FileFormat | undefined {
  const ending = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  return ending !== undefined && Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
}

/** The one format of all names. @throws ConfigurationError if there is none, or more than one */
export function formatOfNames(names: readonly (string | undefined)[]): FileFormat {
  const first = names[0] === undefined ? undefined : formatOfName(names[0]);
  for (const name of names) {
    const format = name === undefined ? undefined : formatOfName(name);
    if (format !== undefined && format === first) continue;
    const what = name === undefined || name === "-" ? "an input without a name" : JSON.stringify(name);
    const why =
      format === undefined
        ? `${what} doesn't say what it is: endings are ${Object.keys(byEnding).join(", ")}, each also with .gz`
        : `${JSON.stringify(names[0])} and ${what} are of different formats`;
    throw new ConfigurationError(`The option \`format\` is needed, one of ${fileFormats.join(", ")}: ${why}.`, {
      option: "format",
    });
  }
  return first as FileFormat;
}
