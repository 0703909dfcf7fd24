/** One try at a unit of work, which failed; the error that ended the work lists them all. (TX-22) */
export interface Attempt {
  readonly error: unknown;
  /** When it began, in milliseconds since the first one did. */
  readonly startedAt: number;
  /** How long it took to fail, in milliseconds. */
  readonly took: number;
}
