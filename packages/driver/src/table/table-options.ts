/** The options of `toTable`, checked. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import { checkFlag } from "../option-checks.ts";
import { refuseUnknownKeys } from "../unknown-keys.ts";
import { type ArrowLibrary, isArrowLibrary } from "./arrow-table.ts";

export interface TableOptions {
  /**
   * Whether nodes, relationships, lists and maps become columns of what is in them, see {@link expandTable}. Default false.
   * (RES-14 to RES-18)
   */
  readonly expand?: boolean | undefined;
  /**
   * Whether columns of nothing but `Date`, `DateTime`, `LocalDateTime` and null become columns of JavaScript's `Date`, see
   * {@link parseDates}. Default false. (RES-19)
   */
  readonly parseDates?: boolean | undefined;
}

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function checkTableOptions(options: TableOptions & { readonly arrow?: ArrowLibrary | undefined }) {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError("The options of toTable must be an object.");
  }
  refuseUnknownKeys(options, ["expand", "parseDates", "arrow"], "toTable");
  const { arrow } = options;
  if (arrow !== undefined && !isArrowLibrary(arrow)) {
    const advice = 'install apache-arrow and pass what `import * as arrow from "apache-arrow"` gives';
    throw new ConfigurationError(`The option \`arrow\` must be the library itself: ${advice}.`, { option: "arrow" });
  }
  return {
    expand: checkFlag("expand", options.expand) ?? false,
    parseDates: checkFlag("parseDates", options.parseDates) ?? false,
    arrow,
  };
}
