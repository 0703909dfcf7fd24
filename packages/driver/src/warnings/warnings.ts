/** The process warnings of one driver: which there are, which of them are wanted, and that none comes twice. */
import { type CallSite, callerOf, emitWarning, type Logger, type ResultMetadata } from "@fulgur/neo4j-core";
import { type Notification, remarksOf } from "../notification.ts";
import { Neo4jDeprecationWarning, Neo4jWarning, takeStack } from "./neo4j-warning.ts";

/** The kinds of warnings, for `suppressWarnings`. */
export const warningKinds = ["Notification", "Deprecation", "Single", "Resource", "Auth"] as const;

export type WarningKind = (typeof warningKinds)[number];

/** The lowest severity for which a server's remark is raised as a process warning. */
export type WarnNotificationSeverity = "OFF" | "WARNING" | "INFORMATION";

export interface WarningSettings {
  readonly severity: WarnNotificationSeverity;
  readonly suppressed: readonly WarningKind[];
}

/** Remarks that were raised already are forgotten beyond so many. */
const mostRemembered = 1000;

export class Warnings {
  readonly #settings: WarningSettings;
  readonly #log: Logger;
  readonly #raised = new Set<string>();

  /** @param log `neo4j.notifications` */
  constructor(settings: WarningSettings, log: Logger) {
    this.#settings = settings;
    this.#log = log;
  }

  /**
   * A query has ended: its remarks go to the log, and are raised if they are severe enough; each once. Connections keep it, so it
   * must not keep the driver. (DRV-33, LOG-05)
   */
  readonly ended = (metadata: ResultMetadata, query: string, site: CallSite | undefined): void => {
    const { statuses, notifications } = metadata;
    if ((statuses?.length ?? 0) === 0 && (notifications?.length ?? 0) === 0) return;
    if (this.#settings.severity === "OFF" && !this.#log.isOn("error")) return;
    const ending = { hasColumns: true, hadRecords: true, discarded: false };
    for (const notification of remarksOf(statuses, notifications, ending).notifications) {
      this.#tell(notification);
      if (this.#isSevere(notification)) this.#raise(notification, query, site);
    }
  };

  /** `single()` without `strict` met several records. (LOG-17) */
  single(site: CallSite | undefined): void {
    if (this.#settings.suppressed.includes("Single")) return;
    const place = callerOf(site);
    const message =
      "single() gives the first of several records. Use single({ strict: true }) if there has to be exactly one, or LIMIT 1 if any will do.";
    const warning = Object.assign(new Error(message), {
      code: "NEO4J_SINGLE",
      ...(place === undefined ? {} : { detail: `at ${place}` }),
    });
    warning.name = "Neo4jWarning";
    takeStack(warning, site);
    emitWarning(warning);
  }

  /** The auth token manager has given tokens of two users: what each connection may do would be a matter of chance. (AUTH-13) */
  otherUser(): void {
    if (this.#settings.suppressed.includes("Auth")) return;
    const warning = Object.assign(
      new Error(
        "The auth token manager gives tokens of different users. It has to stay with one: for others use the `auth` of a session or of executeQuery, or `impersonatedUser`.",
      ),
      { code: "NEO4J_AUTH" },
    );
    warning.name = "Neo4jWarning";
    emitWarning(warning);
  }

  #tell({ rawSeverityLevel, code, title, description }: Notification): void {
    const level = rawSeverityLevel === "WARNING" ? "warn" : rawSeverityLevel === "INFORMATION" ? "info" : "debug";
    this.#log[level](() => `${code}: ${description || title}`);
  }

  #isSevere({ severityLevel, category }: Notification): boolean {
    const { severity, suppressed } = this.#settings;
    if (severity === "OFF" || suppressed.includes("Notification")) return false;
    if (category === "DEPRECATION" && suppressed.includes("Deprecation")) return false;
    return severity === "INFORMATION" || severityLevel === "WARNING";
  }

  #raise(notification: Notification, query: string, site: CallSite | undefined): void {
    const { code, description, position, category } = notification;
    const key = JSON.stringify([code, description, position?.offset, query]);
    if (this.#raised.has(key)) return;
    if (this.#raised.size >= mostRemembered) this.#raised.clear();
    this.#raised.add(key);
    const WarningClass = category === "DEPRECATION" ? Neo4jDeprecationWarning : Neo4jWarning;
    const warning = new WarningClass(notification, query, site);
    const place = callerOf(site);
    emitWarning(place === undefined ? warning : Object.assign(warning, { detail: `at ${place}` }));
  }
}
