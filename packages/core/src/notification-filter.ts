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

/** Which notifications a server should leave out. A key that is absent leaves the choice to the server. */
export interface NotificationFilter {
  readonly minimumSeverityLevel?: NotificationFilterMinimumSeverityLevel;
  readonly disabledClassifications?: readonly (NotificationFilterDisabledClassification | (string & {}))[];
}
