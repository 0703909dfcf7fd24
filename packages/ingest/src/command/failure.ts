/** How the command ends, and the failures that it tells without a stack. */

/** What the process says to who started it. They are documented in docs/command.md and never change their meaning. */
export const exitCodes = {
  /** All is done: every row is written. */
  done: 0,
  /** The server, a file or a row refused; what is committed stays. */
  failed: 1,
  /** The arguments, the plan or the connection can't be right; nothing was done. */
  usage: 2,
  /** Done, but some rows were rejected. */
  rejected: 3,
  /** Interrupted by Ctrl-C (128 + SIGINT). */
  interrupted: 130,
  /** The reader of our output went away (128 + SIGPIPE). */
  brokenPipe: 141,
  /** Asked to end (128 + SIGTERM). */
  terminated: 143,
} as const;

/** A failure that its message tells wholly. */
export class CommandFailure extends Error {
  override readonly name: string = "CommandFailure";
  readonly exitCode: number;
  /** Whether machines were told of it in a summary. */
  isSummed = false;

  constructor(message: string, exitCode: number = exitCodes.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** Arguments, a plan or a connection that can't be right. */
export class UsageError extends CommandFailure {
  override readonly name = "UsageError";

  constructor(message: string, options?: ErrorOptions) {
    super(message, exitCodes.usage, options);
  }
}

/** What a failure says: its message, and the server's code where it has one. */
export function failureText(error: unknown): string {
  if (error instanceof CommandFailure) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, gqlStatus } = error as { code?: unknown; gqlStatus?: unknown };
  // Options, files and the like have none, or say so.
  if (typeof code !== "string" || code === "N/A") return error.message;
  const marks = typeof gqlStatus === "string" ? [code, gqlStatus] : [code];
  // Behind a caret that points into a query it would be mistaken for a part of it.
  return `${error.message}${error.message.includes("\n") ? "\n" : " "}(${marks.join(", ")})`;
}

/** The same for machines. */
export function failureData(error: unknown): { readonly message: string; readonly code: string | undefined } {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return {
    message: error instanceof Error ? error.message : String(error),
    code: typeof code === "string" && code !== "N/A" ? code : undefined,
  };
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  // Options of the library, of which this command's are made, and certificates.
  return error instanceof Error && error.name.endsWith("ConfigurationError") ? exitCodes.usage : exitCodes.failed;
}
