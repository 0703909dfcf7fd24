/** Checks of single options that several configurations share. `undefined` and `null` are the default. (DRV-44) */
import { ConfigurationError, type ConnectOptions, type NotificationFilter } from "@fulgur/neo4j-core";
import { notificationFilterDisabledClassification } from "./constants.ts";
import { otherFilterOptions } from "./other-names.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

export function checkOptionalText(option: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new ConfigurationError(
    `The option \`${option}\` must be a text that isn't empty, not ${kindOfValue(value)}; leave it out for the default.`,
    { option },
  );
}

export function checkFlag(option: string, value: unknown): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value;
  throw new ConfigurationError(`The option \`${option}\` must be true or false, not ${kindOfValue(value)}.`, {
    option,
  });
}

/** Milliseconds from 0, or Infinity. */
export function checkMilliseconds(option: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && value >= 0) return value;
  throw new ConfigurationError(
    `The option \`${option}\` must be a number of milliseconds from 0 (Infinity allowed), not ${kindOfValue(value)}.`,
    { option },
  );
}

/** -1 and Infinity: all at once. (SES-19) */
export function checkFetchSize(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === -1 || value === Number.POSITIVE_INFINITY) return -1;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw new ConfigurationError("The option `fetchSize` must be a whole number from 1, or -1 for all records at once.", {
    option: "fetchSize",
  });
}

/** A number itself, else only what kind of value it is: a text may be a secret in the wrong place. */
function kindOfValue(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (value === "") return "an empty one";
  return Array.isArray(value) ? "an array" : typeof value;
}

export function checkSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || value === null) return undefined;
  const signal = value as Partial<AbortSignal>;
  const isSignal = typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function";
  if (isSignal) return signal as AbortSignal;
  throw new ConfigurationError("The option `signal` must be an AbortSignal, such as an AbortController's `signal`.", {
    option: "signal",
  });
}

export function checkOneOf<T extends string>(option: string, value: unknown, allowed: readonly T[]): T | undefined {
  if (value === undefined || value === null) return undefined;
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  const list = allowed.map((one) => JSON.stringify(one)).join(", ");
  throw new ConfigurationError(`The option \`${option}\` must be one of ${list}.`, { option });
}

/** "native", "temporal" or an implementation of TC39 Temporal. */
export function checkTemporal(value: unknown): ConnectOptions["temporal"] {
  if (value === undefined || value === null) return undefined;
  const option = "temporal";
  if (value === "temporal" && !("Temporal" in globalThis)) {
    const advice = "give { implementation: Temporal } with a polyfill's Temporal";
    throw new ConfigurationError(`This runtime has no global Temporal for the option \`${option}\`: ${advice}.`, {
      option,
    });
  }
  const isGiven = typeof value === "object" && typeof Reflect.get(value, "implementation") === "object";
  if (value === "native" || value === "temporal" || isGiven) return value as ConnectOptions["temporal"];
  throw new ConfigurationError(`The option \`${option}\` must be "native", "temporal" or { implementation }.`, {
    option,
  });
}

export function checkNotificationFilter(value: unknown): NotificationFilter | undefined {
  if (value === undefined || value === null) return undefined;
  const option = "notificationFilter";
  if (typeof value !== "object") {
    throw new ConfigurationError(
      `The option \`${option}\` must be an object with minimumSeverityLevel, disabledClassifications or both.`,
      { option },
    );
  }
  refuseUnknownKeys(value, ["minimumSeverityLevel", "disabledClassifications"], option, otherFilterOptions);
  const { minimumSeverityLevel, disabledClassifications } = value as { [key: string]: unknown };
  const severity = checkOneOf(`${option}.minimumSeverityLevel`, minimumSeverityLevel, [
    "OFF",
    "WARNING",
    "INFORMATION",
  ]);
  const disabled = checkTexts(`${option}.disabledClassifications`, disabledClassifications);
  // Servers may know kinds that this list doesn't have yet, but all are in capitals.
  if (disabled?.some((name) => !/^[A-Z][A-Z_]*$/.test(name))) {
    const known = Object.keys(notificationFilterDisabledClassification).join(", ");
    throw new ConfigurationError(`The option \`${option}.disabledClassifications\` takes kinds such as ${known}.`, {
      option: `${option}.disabledClassifications`,
    });
  }
  return {
    ...(severity === undefined ? {} : { minimumSeverityLevel: severity }),
    ...(disabled === undefined ? {} : { disabledClassifications: disabled }),
  };
}

/** Any iterable of texts; a lone text is a list of one. */
export function checkTexts(option: string, value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const list = typeof value === "string" ? [value] : isIterable(value) ? [...value] : undefined;
  if (list?.every((item): item is string => typeof item === "string")) return list;
  throw new ConfigurationError(`The option \`${option}\` must be a list of texts.`, { option });
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
