/** How much a line matters, the most important first. */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";

/** What may be asked for: a level and all above it, or nothing. */
export type LogThreshold = LogLevel | "off";

/** Higher numbers say more. */
export const rankOf: Readonly<Record<LogThreshold, number>> = {
  off: 0,
  error: 1,
  warn: 2,
  info: 3,
  debug: 4,
  trace: 5,
};

export const logThresholds = Object.keys(rankOf) as readonly LogThreshold[];

export function isThreshold(value: unknown): value is LogThreshold {
  return typeof value === "string" && Object.hasOwn(rankOf, value);
}
