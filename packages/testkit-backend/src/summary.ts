/** A summary as the suite wants it. */
import type {
  EagerResult,
  GqlStatusObject,
  Notification,
  Plan,
  ProfiledPlan,
  Record,
  ResultSummary,
} from "@fulgur/neo4j-driver";
import { diagnosticRecordToSuite, mapToSuite, valueToSuite } from "./values/to-suite.ts";

export function recordToSuite(record: Record): { readonly values: unknown[] } {
  return { values: record.values().map(valueToSuite) };
}

export function eagerToSuite({ keys, records, summary }: EagerResult): object {
  return { keys, records: records.map(recordToSuite), summary: summaryToSuite(summary) };
}

export function serverInfoToSuite({ address, agent, protocolVersion }: ResultSummary["server"]): object {
  return { address, agent, protocolVersion: String(protocolVersion) };
}

export function summaryToSuite(summary: ResultSummary): object {
  const { query, counters, server, gqlStatusObjects, notifications } = summary;
  return {
    serverInfo: serverInfoToSuite(server),
    database: summary.database.name ?? null,
    query: { text: query.text, parameters: mapToSuite(query.parameters) },
    queryType: summary.queryType ?? null,
    resultAvailableAfter: summary.resultAvailableAfter ?? null,
    resultConsumedAfter: summary.resultConsumedAfter ?? null,
    counters: countersToSuite(counters),
    plan: planToSuite(summary.plan),
    profile: planToSuite(summary.profile),
    // The suite wants to hear whether the server has sent a list at all.
    notifications: saysNotifications(summary.metadata) ? notifications.map(notificationToSuite) : null,
    gqlStatusObjects: gqlStatusObjects.map(statusToSuite),
  };
}

/** The suite has the wire's names, and leaves out figures that the server does. */
function planToSuite(plan: Plan | ProfiledPlan | undefined): object | null {
  if (plan === undefined) return null;
  const { arguments: args, children, ...rest } = plan;
  const figures = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(figures), args, children: children.map(planToSuite) };
}

function saysNotifications(metadata: object): boolean {
  return "notifications" in metadata || "statuses" in metadata;
}

function countersToSuite(counters: ResultSummary["counters"]): object {
  const { systemUpdates, containsUpdates, containsSystemUpdates } = counters;
  return { ...counters.updates(), systemUpdates, containsUpdates, containsSystemUpdates };
}

/** A position that is unknown is left out, as the suite expects. */
function notificationToSuite({ position, ...notification }: Notification): object {
  const severity = notification.rawSeverityLevel;
  return { ...notification, severity, ...(position === undefined ? {} : { position }) };
}

function statusToSuite(status: GqlStatusObject): object {
  return {
    gqlStatus: status.gqlStatus,
    statusDescription: status.statusDescription,
    position: status.position ?? null,
    classification: status.classification,
    rawClassification: status.rawClassification ?? null,
    severity: status.severity,
    rawSeverity: status.rawSeverity ?? null,
    diagnosticRecord: diagnosticRecordToSuite(status.diagnosticRecord),
    isNotification: status.isNotification,
  };
}
