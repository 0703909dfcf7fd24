/** The options of results as columns, and as tables of Apache Arrow, checked. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import { checkFlag } from "../option-checks.ts";
import { refuseUnknownKeys } from "../unknown-keys.ts";
import { type ArrowLibrary, checkArrowLibrary } from "./arrow-library.ts";

/** What becomes columns. */
export interface ColumnsOptions {
  /**
   * Whether nodes, relationships, lists and maps become columns of what is in them, such as `n().prop.name`; docs/columns.md has the names.
   * Default false. (RES-14 to RES-18)
   */
  readonly expand?: boolean | undefined;
  /**
   * Whether columns of nothing but `Date`, `DateTime`, `LocalDateTime` and null become columns of JavaScript's `Date`: instants, to the
   * millisecond. Default false. (RES-19)
   */
  readonly parseDates?: boolean | undefined;
}

/** What becomes of columns in Apache Arrow. */
export interface ArrowOptions {
  /** As {@link ColumnsOptions.expand}. Default false. */
  readonly expand?: boolean | undefined;
  /**
   * Which strings are coded by a dictionary: `"auto"`, those that the decoder has found to repeat; `true`, all; `false`, none, so that a
   * column is Utf8 in every batch. Default `"auto"`. Lists of strings never are.
   */
  readonly dictionaries?: "auto" | boolean | undefined;
  /** Whether lists of numbers that are all of one length, or null, become a FixedSizeList, as vectors of one size always do. Default false. */
  readonly fixedSizeLists?: boolean | undefined;
  /**
   * What becomes of values that have no type in common, of paths and of types that Arrow hasn't: `"error"`, a DriverError that names the
   * column; `"json"`, a column of JSON's text. Default `"error"`.
   */
  readonly mixed?: "error" | "json" | undefined;
  /**
   * The Schema to have, of the library that is handed in: the types of its fields, which have the names and the order of the columns, instead of those that suit the
   * values. For batches of one result, whose values may suit other types than the first one's. A field of Utf8 takes everything with
   * `mixed: "json"`. Default: none.
   */
  readonly schema?: { readonly fields: readonly object[] } | undefined;
}

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function checkColumnsOptions(options: ColumnsOptions): {
  readonly expand: boolean;
  readonly parseDates: boolean;
} {
  checkObject(options, "columns");
  refuseUnknownKeys(options, columnsOptions, "columns");
  return checkedColumnsOptions(options);
}

/** As {@link checkColumnsOptions}, with the library of Arrow as one more option. */
export function checkTableOptions(options: ColumnsOptions & { readonly arrow?: ArrowLibrary | undefined }) {
  checkObject(options, "toTable");
  refuseUnknownKeys(options, [...columnsOptions, "arrow"], "toTable");
  const { arrow } = options;
  if (arrow !== undefined) checkArrowLibrary(arrow);
  return { ...checkedColumnsOptions(options), arrow };
}

const columnsOptions = ["expand", "parseDates"];

function checkedColumnsOptions({ expand, parseDates }: ColumnsOptions) {
  return { expand: checkFlag("expand", expand) ?? false, parseDates: checkFlag("parseDates", parseDates) ?? false };
}

/** The options with their defaults. */
export interface CheckedArrowOptions {
  readonly expand: boolean;
  readonly dictionaries: "auto" | boolean;
  readonly fixedSizeLists: boolean;
  readonly json: boolean;
  readonly schema: ArrowOptions["schema"];
}

/** @throws ConfigurationError naming the option that is unknown or wrong, or saying what the library is to be */
export function checkArrowOptions(arrow: ArrowLibrary, options: ArrowOptions): CheckedArrowOptions {
  checkArrowLibrary(arrow);
  checkObject(options, "toArrow");
  refuseUnknownKeys(options, ["expand", "dictionaries", "fixedSizeLists", "mixed", "schema"], "toArrow");
  const { dictionaries = "auto", mixed = "error", schema } = options;
  if (dictionaries !== "auto" && typeof dictionaries !== "boolean") {
    throw new ConfigurationError('The option `dictionaries` must be "auto", true or false.', {
      option: "dictionaries",
    });
  }
  if (mixed !== "error" && mixed !== "json") {
    throw new ConfigurationError('The option `mixed` must be "error" or "json".', { option: "mixed" });
  }
  if (schema !== undefined && !isSchemaOf(arrow, schema)) {
    const message =
      "The option `schema` must be a Schema, of Fields, of the library of Arrow that is handed in, not of another version of it.";
    throw new ConfigurationError(message, { option: "schema" });
  }
  return {
    expand: checkFlag("expand", options.expand) ?? false,
    dictionaries,
    fixedSizeLists: checkFlag("fixedSizeLists", options.fixedSizeLists) ?? false,
    json: mixed === "json",
    schema,
  };
}

function isSchemaOf({ Schema, Field }: ArrowLibrary, schema: unknown): boolean {
  return schema instanceof Schema && schema.fields.every((field: unknown) => field instanceof Field);
}

function checkObject(options: unknown, what: string): void {
  if (typeof options === "object" && options !== null) return;
  throw new ConfigurationError(`The options of ${what} must be an object.`);
}
