import { checkWhole, refuseUnknown } from "../option-checks.ts";
import { checkEncoding } from "../text-chunks.ts";

export interface JsonOptions {
  /** The name of the files' encoding, as `TextDecoder` knows it. A byte order mark of UTF-16 goes before it. Default utf-8. */
  readonly encoding?: string | undefined;
  /** Rows a chunk. Default 5000. */
  readonly chunkRows?: number | undefined;
  /** Characters of a row, from 1: beyond it reading ends with a {@link ReadError}. Default 16 Mi. */
  readonly longestRow?: number | undefined;
}

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function checkJsonOptions(options: JsonOptions, what: string) {
  refuseUnknown(options, ["encoding", "chunkRows", "longestRow"], what);
  return {
    encoding: checkEncoding(options.encoding),
    chunkRows: checkWhole("chunkRows", options.chunkRows) ?? 5_000,
    longestRow: checkWhole("longestRow", options.longestRow) ?? 16 * 1024 * 1024,
  };
}

export type CheckedJsonOptions = ReturnType<typeof checkJsonOptions>;
