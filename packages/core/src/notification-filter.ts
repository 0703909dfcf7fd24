/** The least severity of notifications that a server sends. */
export type NotificationFilterMinimumSeverityLevel = "OFF" | "WARNING" | "INFORMATION";

/** A kind of notification. Servers may know more than are listed here. */
export type NotificationFilterDisabledClassification =
  | "HINT"
  | "UNRECOGNIZED"
  | "UNSUPPORTED"
  | "PERFORMANCE"
  | "DEPRECATION"
  | "GENERIC"
  | "SECURITY"
  | "TOPOLOGY"
  | "SCHEMA";

/**
 * Which notifications a server should leave out, which spares it the work of finding them. A key that is absent leaves the choice to the
 * server. Needs Bolt 5.2: a ConfigurationError on older connections. (SUM-28, SUM-29)
 */
export interface NotificationFilter {
  readonly minimumSeverityLevel?: NotificationFilterMinimumSeverityLevel | undefined;
  /** A list or a set of kinds, or one; an empty list disables nothing. */
  readonly disabledClassifications?: Iterable<NotificationFilterDisabledClassification | (string & {})> | undefined;
}

/** @internal The kinds as a list; a lone text is one of them. */
export function disabledClassificationsOf({ disabledClassifications }: NotificationFilter): string[] | undefined {
  if (disabledClassifications === undefined) return undefined;
  return typeof disabledClassifications === "string" ? [disabledClassifications] : [...disabledClassifications];
}
