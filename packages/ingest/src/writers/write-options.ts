/** How a file is written. */
import { ConfigurationError } from "@fulgur/neo4j-driver";
import { type FileFormat, fileFormats, formatOfName } from "../readers/formats.ts";
import { checkFlag, checkOneOf, checkWhole, refuseUnknown } from "../readers/option-checks.ts";
import { type ColumnKind, columnKinds } from "./column-kind.ts";
import type { OutputTarget } from "./output.ts";

export interface WriteOptions {
  /** What the file is to be. Default: what its name ends with; a `.gz` behind it packs text formats. */
  readonly format?: FileFormat | undefined;
  /** Whether a text format is packed. Default: whether the name ends with `.gz`. */
  readonly gzip?: boolean | undefined;
  /** Of CSV, one character. Default `,`, and a tab for names that end with `.tsv`. */
  readonly delimiter?: string | undefined;
  /** Whether CSV begins with the columns' names. Default true. */
  readonly header?: boolean | undefined;
  /** Whether lines of CSV end with `\r\n`. Default false. */
  readonly crlf?: boolean | undefined;
  /**
   * Of Parquet and Arrow, by column: its type for all rows. Default: the narrowest that the rows of the first row group have, integers beside
   * floats as floats; a column of nulls is one of strings.
   */
  readonly types?: Readonly<Record<string, ColumnKind>> | undefined;
  /** Of Parquet and Arrow: so many rows, or somewhat more, are a row group or record batch, and in memory. Default 100,000 and 25,000. */
  readonly groupRows?: number | undefined;
}

const known = ["format", "gzip", "delimiter", "header", "crlf", "types", "groupRows"];

/** @throws ConfigurationError naming the option that is unknown, wrong or missing */
export function checkWriteOptions(target: OutputTarget, options: WriteOptions) {
  refuseUnknown(options, known, "the writer");
  const name = typeof target === "string" ? target : "";
  const format = checkOneOf("format", options.format, fileFormats) ?? formatOfName(name);
  if (format === undefined) {
    const advice = `one of ${fileFormats.join(", ")}, because the name doesn't end with a known one`;
    throw new ConfigurationError(`The option \`format\` is needed, ${advice}.`, { option: "format" });
  }
  const isText = format === "csv" || format === "json" || format === "jsonl";
  const gzip = checkFlag("gzip", options.gzip) ?? (isText && /\.gz$/i.test(name));
  if (!isText && (gzip || /\.gz$/i.test(name))) {
    throw new ConfigurationError(`The option \`gzip\` can't be used: nothing could read packed ${format}.`, {
      option: "gzip",
    });
  }
  const { delimiter = /\.(tsv|tab)(\.gz)?$/i.test(name) ? "\t" : "," } = options;
  if (typeof delimiter !== "string" || delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new ConfigurationError(
      "The option `delimiter` can't be used: it must be one character, and no quote or line end.",
      {
        option: "delimiter",
      },
    );
  }
  return {
    format,
    gzip,
    delimiter,
    header: checkFlag("header", options.header) ?? true,
    lineEnd: checkFlag("crlf", options.crlf) ? "\r\n" : "\n",
    types: checkTypes(options.types ?? {}),
    groupRows: checkWhole("groupRows", options.groupRows) ?? (format === "parquet" ? 100_000 : 25_000),
    // The stream has its own ending; everything else that is called Arrow is a file.
    isStream: /\.arrows$/i.test(name) || (name === "-" && format === "arrow") || typeof target !== "string",
  };
}

function checkTypes(types: unknown): Readonly<Record<string, ColumnKind>> {
  const scalars: readonly string[] = columnKinds;
  const isKind = (kind: unknown) =>
    typeof kind === "string" && kind !== "json[]" && scalars.includes(kind.endsWith("[]") ? kind.slice(0, -2) : kind);
  const wrong =
    typeof types === "object" && types !== null ? Object.entries(types).find(([, kind]) => !isKind(kind)) : [];
  if (wrong === undefined) return types as Readonly<Record<string, ColumnKind>>;
  const what =
    wrong.length === 0
      ? "it must be an object of types by column"
      : `${JSON.stringify(wrong[0])} can't be ${JSON.stringify(wrong[1])}`;
  const message = `The option \`types\` can't be used: ${what}. The types are ${scalars.join(", ")}, and lists of all but json, as in string[].`;
  throw new ConfigurationError(message, { option: "types" });
}
