/** What a user should know of, and nothing fails for. */

/** `process.on("warning")` gets it, or the option `onWarning`. */
export class IngestWarning extends Error {
  override readonly name: string = "IngestWarning";
  /**
   * `INGEST_NO_INDEX`: there is no constraint or index for a key; `INGEST_NO_COUNTERS`: a batch was written, and what it changed isn't in
   * the result's counters, since the server's answer was lost.
   */
  readonly code: "INGEST_NO_INDEX" | "INGEST_NO_COUNTERS";

  constructor(message: string, code: IngestWarning["code"]) {
    super(message);
    this.code = code;
  }
}
