/** Constants of options, for those who prefer names to texts. */
import { notificationClassification, notificationSeverityLevel } from "./notification.ts";

/** Where a query is routed to: the option `routing` of `executeQuery`. (EQ-09) */
export const routing = { READ: "READ", WRITE: "WRITE" } as const;

/** Access modes: the option `defaultAccessMode` of sessions. (SES-18) */
export const session = { READ: "READ", WRITE: "WRITE" } as const;

/** The least severity of remarks that a server sends: `notificationFilter.minimumSeverityLevel`. (SUM-26) */
export const notificationFilterMinimumSeverityLevel = {
  OFF: "OFF",
  WARNING: "WARNING",
  INFORMATION: "INFORMATION",
} as const;

const { UNKNOWN: _, ...known } = notificationClassification;

/** The kinds of remarks to leave out: `notificationFilter.disabledClassifications`. (SUM-27) */
export const notificationFilterDisabledClassification = Object.freeze(known);

export { notificationClassification, notificationSeverityLevel };

/** @deprecated categories are called classifications: use {@link notificationClassification}. */
export const notificationCategory = notificationClassification;

/** @deprecated use {@link notificationFilterDisabledClassification}. */
export const notificationFilterDisabledCategory = notificationFilterDisabledClassification;

/** Codes of errors that the driver itself raises: compare them with `error.code`. */
export const error = {
  SERVICE_UNAVAILABLE: "ServiceUnavailable",
  SESSION_EXPIRED: "SessionExpired",
  PROTOCOL_ERROR: "BoltProtocolError",
} as const;
