/** What a server remarks about a query, in two forms: GQL status objects, and the older notifications. */
import type { bolt } from "@fulgur/neo4j-codec";

/** A place in the query's text. */
export interface InputPosition {
  /** In characters, from 0. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** How much a remark matters; UNKNOWN: the server said nothing, or something newer. (SUM-24) */
export type NotificationSeverity = "WARNING" | "INFORMATION" | "UNKNOWN";

const classifications = [
  "HINT",
  "UNRECOGNIZED",
  "UNSUPPORTED",
  "PERFORMANCE",
  "DEPRECATION",
  "GENERIC",
  "SECURITY",
  "TOPOLOGY",
  "SCHEMA",
] as const;

/** What a remark is about; UNKNOWN: the server said nothing, or something newer. (SUM-25) */
export type NotificationClassification = (typeof classifications)[number] | "UNKNOWN";

/** The constants of severities, by name. */
export const notificationSeverityLevel = {
  WARNING: "WARNING",
  INFORMATION: "INFORMATION",
  UNKNOWN: "UNKNOWN",
} as const;

/** The constants of classifications, by name. */
export const notificationClassification = Object.freeze(
  Object.fromEntries([...classifications, "UNKNOWN"].map((name) => [name, name])),
) as { readonly [Name in NotificationClassification]: Name };

/** A remark in its older form. (SUM-22) */
export interface Notification {
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly severityLevel: NotificationSeverity;
  readonly rawSeverityLevel: string;
  readonly category: NotificationClassification;
  readonly rawCategory: string;
  readonly position: InputPosition | undefined;
}

/** One of the statuses that a query ended with: how it went, and the server's remarks. (SUM-12, SUM-13) */
export interface GqlStatusObject {
  /** Five characters: `00` success, `01` a warning, `02` no data, `03` information, each with a detail. */
  readonly gqlStatus: string;
  readonly statusDescription: string;
  /** Whether it is a remark about the query rather than how it ended. */
  readonly isNotification: boolean;
  readonly position: InputPosition | undefined;
  readonly classification: NotificationClassification;
  readonly rawClassification: string | undefined;
  readonly severity: NotificationSeverity;
  readonly rawSeverity: string | undefined;
  /** What else GQL has to say; `OPERATION`, `OPERATION_CODE` and `CURRENT_SCHEMA` are always there. */
  readonly diagnosticRecord: Readonly<{ [key: string]: unknown }>;
}

/** How a result ended, as far as the driver saw: what a status is made of where the server sends none. */
export interface Ending {
  readonly hasColumns: boolean;
  readonly hadRecords: boolean;
  readonly discarded: boolean;
}

/** The remarks of a summary: both forms, whichever of them the server sends. */
export interface Remarks {
  readonly notifications: readonly Notification[];
  readonly gqlStatusObjects: readonly GqlStatusObject[];
}

const recordDefaults = { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" };

export function remarksOf(
  statuses: readonly bolt.Status[] | undefined,
  notifications: readonly bolt.Notification[] | undefined,
  ending: Ending,
): Remarks {
  if (statuses !== undefined && statuses.length > 0) {
    return {
      notifications: statuses.filter((status) => status.neo4jCode !== undefined).map(notificationOfStatus),
      gqlStatusObjects: statuses.map(statusObject),
    };
  }
  const old = (notifications ?? []).map(notificationOf);
  const made = [ended(ending), ...old.map(statusOfNotification)];
  return { notifications: old, gqlStatusObjects: made.sort((a, b) => rank(a.gqlStatus) - rank(b.gqlStatus)) };
}

function statusObject(status: bolt.Status): GqlStatusObject {
  const record = { ...recordDefaults, ...frozen(status.diagnosticRecord as { [key: string]: unknown } | undefined) };
  const rawClassification = text(record, "_classification");
  const rawSeverity = text(record, "_severity");
  return Object.freeze({
    gqlStatus: status.gqlStatus,
    statusDescription: status.statusDescription,
    isNotification: status.neo4jCode !== undefined,
    position: positionOf((record as { _position?: unknown })._position),
    classification: classificationOf(rawClassification),
    rawClassification,
    severity: severityOf(rawSeverity),
    rawSeverity,
    diagnosticRecord: Object.freeze(record),
  });
}

function notificationOfStatus(status: bolt.Status): Notification {
  const record = (status.diagnosticRecord ?? {}) as { [key: string]: unknown };
  return notificationOf({
    code: status.neo4jCode,
    title: status.title,
    description: status.description,
    severity: text(record, "_severity"),
    category: text(record, "_classification"),
    position: record["_position"] as bolt.Position | undefined,
  });
}

function notificationOf({
  code,
  title,
  description,
  severity,
  category,
  position,
}: Loose<bolt.Notification>): Notification {
  return Object.freeze({
    code: code ?? "",
    title: title ?? "",
    description: description ?? "",
    severityLevel: severityOf(severity),
    rawSeverityLevel: severity ?? "",
    category: classificationOf(category),
    rawCategory: category ?? "",
    position: positionOf(position),
  });
}

/** A status for a notification of a server that knows none yet. */
function statusOfNotification(notification: Notification): GqlStatusObject {
  const { description, rawSeverityLevel, rawCategory, position } = notification;
  const warning = rawSeverityLevel === "WARNING";
  return Object.freeze({
    gqlStatus: warning ? "01N42" : "03N42",
    statusDescription: description || (warning ? "warn: unknown warning" : "info: unknown notification"),
    isNotification: true,
    position,
    classification: notification.category,
    rawClassification: rawCategory || undefined,
    severity: notification.severityLevel,
    rawSeverity: rawSeverityLevel || undefined,
    diagnosticRecord: Object.freeze({
      ...recordDefaults,
      ...(rawSeverityLevel === "" ? {} : { _severity: rawSeverityLevel }),
      ...(rawCategory === "" ? {} : { _classification: rawCategory }),
      ...(position === undefined ? {} : { _position: position }),
    }),
  });
}

function ended({ hasColumns, hadRecords, discarded }: Ending): GqlStatusObject {
  const [gqlStatus, statusDescription] = hadRecords
    ? ["00000", "note: successful completion"]
    : !hasColumns
      ? ["00001", "note: successful completion - omitted result"]
      : discarded
        ? ["02N42", "note: no data - unknown subcondition"]
        : ["02000", "note: no data"];
  return statusObject({ gqlStatus: gqlStatus!, statusDescription: statusDescription! } as bolt.Status);
}

/** No data, then warnings, then success, then information. */
function rank(gqlStatus: string): number {
  return ["02", "01", "00", "03"].indexOf(gqlStatus.slice(0, 2));
}

/** Freezes a value of the server's together with what is in it; only this summary has it. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

/** All fields of a message, each possibly absent. */
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

function severityOf(raw: string | undefined): NotificationSeverity {
  return raw === "WARNING" || raw === "INFORMATION" ? raw : "UNKNOWN";
}

function classificationOf(raw: string | undefined): NotificationClassification {
  return classifications.find((known) => known === raw) ?? "UNKNOWN";
}

/** Only a whole position is one. (SUM-23) */
function positionOf(position: unknown): InputPosition | undefined {
  const { offset, line, column } = (position ?? {}) as { offset?: unknown; line?: unknown; column?: unknown };
  if (!isInteger(offset) || !isInteger(line) || !isInteger(column)) return undefined;
  return Object.freeze({ offset: Number(offset), line: Number(line), column: Number(column) });
}

function isInteger(value: unknown): value is number | bigint {
  return typeof value === "bigint" || Number.isInteger(value);
}

function text(record: { readonly [key: string]: unknown }, key: string): string | undefined {
  const value = record[key];
  return typeof value === "string" ? value : undefined;
}
