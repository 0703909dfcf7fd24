/** The client did something that the script did not expect. The message says what it had done before. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";

  /** @param sent the types of the requests that had arrived. */
  constructor(what: string, connection: number, sent: readonly string[], cause?: unknown) {
    const before = sent.length === 0 ? "before any request" : `after ${sent.join(", ")}`;
    super(`Connection ${connection} of the scripted server: ${what} (${before}).`, { cause });
  }
}
