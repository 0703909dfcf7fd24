/** When a managed transaction is tried again; the same options for a driver and for a session. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import type { Backoff } from "@fulgur/neo4j-pool";
import { checkMilliseconds } from "./option-checks.ts";

/** A session's options count more than the driver's, each by itself. */
export interface RetryConfig {
  /**
   * How long after its first failure a managed transaction is tried again, in milliseconds. Default 30000; 0: never. An attempt that is
   * under way is not ended by it. (DRV-25, SES-24)
   */
  readonly maxTransactionRetryTime?: number | undefined;
  /** The wait before the second attempt, in milliseconds. Default 1000. (TX-22) */
  readonly initialRetryDelay?: number | undefined;
  /** What each further wait is longer by, from 1. Default 2. (TX-22) */
  readonly retryDelayMultiplier?: number | undefined;
  /** By which part of itself a wait is made longer or shorter at random, from 0 to 1. Default 0.2. (TX-22) */
  readonly retryDelayJitterFactor?: number | undefined;
}

/** Only what was set: the rest is the driver's, or the default. */
export interface CheckedRetryConfig extends Backoff {
  readonly maxTransactionRetryTime?: number | undefined;
}

export const retryOptions = [
  "maxTransactionRetryTime",
  "initialRetryDelay",
  "retryDelayMultiplier",
  "retryDelayJitterFactor",
] as const satisfies readonly (keyof RetryConfig)[];

/** A configuration that says nothing. */
export const nothingSet: CheckedRetryConfig = /* @__PURE__ */ Object.freeze({});

/** @throws ConfigurationError naming the option that is wrong */
export function checkRetryConfig(given: RetryConfig): CheckedRetryConfig {
  const { maxTransactionRetryTime, initialRetryDelay, retryDelayMultiplier, retryDelayJitterFactor } = given;
  if (
    maxTransactionRetryTime === undefined &&
    initialRetryDelay === undefined &&
    retryDelayMultiplier === undefined &&
    retryDelayJitterFactor === undefined
  ) {
    return nothingSet;
  }
  const checked = {
    maxTransactionRetryTime: checkMilliseconds("maxTransactionRetryTime", maxTransactionRetryTime),
    initialRetryDelay: checkRange("initialRetryDelay", initialRetryDelay, 0, Number.MAX_SAFE_INTEGER, " milliseconds"),
    retryDelayMultiplier: checkRange("retryDelayMultiplier", retryDelayMultiplier, 1, Number.MAX_SAFE_INTEGER),
    retryDelayJitterFactor: checkRange("retryDelayJitterFactor", retryDelayJitterFactor, 0, 1),
  };
  return Object.fromEntries(Object.entries(checked).filter(([, value]) => value !== undefined));
}

function checkRange(option: string, value: unknown, least: number, most: number, unit = ""): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new ConfigurationError(`The option \`${option}\` must be a number ${range}${unit}.`, { option });
}
