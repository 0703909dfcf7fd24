/** How a test of the suite went, as the worker tells it. */
export interface Outcome {
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly seconds: number;
  /** Of a failure or a skip: the reason in one line. */
  readonly why?: string;
  /** Of a failure: everything about it. */
  readonly text?: string;
  /** Of a skip: the flags that the driver would have to declare. */
  readonly missing?: readonly string[];
}

/** The module that a test is in: all in front of its class. */
export function moduleOf(id: string): string {
  const parts = id.split(".");
  const at = parts.findIndex((part) => /^_*[A-Z]/.test(part));
  return parts.slice(0, at < 0 ? parts.length : at).join(".");
}

/** What a worker's process says first. */
export const ready = "ready";
