/** What a user should know of, and nothing fails for. */

/** `process.on("warning")` gets it, or the option `onWarning`. */
export class IngestWarning extends Error {
  override readonly name: string = "IngestWarning";
  /** `INGEST_NO_INDEX`: there is no constraint or index for a key. `INGEST_UNCHECKED`: nobody could look whether there is one. */
  readonly code: "INGEST_NO_INDEX" | "INGEST_UNCHECKED";

  constructor(message: string, code: IngestWarning["code"]) {
    super(message);
    this.code = code;
  }
}
