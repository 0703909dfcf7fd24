/** Until when somebody waits for a connection. The time covers the whole way to it: waiting, connecting, logging in. (DRV-18) */
export interface Deadline {
  /** The moment, on the pool's clock. */
  readonly at: number;
  /** How long it was when it began, in milliseconds: what a message names. */
  readonly limit: number;
}
