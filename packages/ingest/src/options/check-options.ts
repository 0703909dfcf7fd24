/** All options of ingest, checked before a row is read, and what they are where they were left out. */
import { type PropertyType, propertyTypes } from "../mapping/property-type.ts";
import type { IngestProgress } from "../progress/progress.ts";
import { kindOfSource } from "../source/open-source.ts";
import type { RejectedRow } from "../source/row-source.ts";
import type { Source } from "../source/source.ts";
import type { IngestWarning } from "../warning.ts";
import { type CheckedTarget, checkTarget } from "./check-targets.ts";
import type { BatchLimits, IngestOptions } from "./ingest-options.ts";
import {
  checkFunction,
  checkName,
  checkObject,
  checkOneOf,
  checkWhole,
  kindOf,
  refuse,
  refuseUnknown,
} from "./refusal.ts";

/** More would need more locks than a number has bits; see {@link Cells}. */
const mostInFlight = 16;

export interface CheckedLimits {
  readonly targetTime: number;
  readonly minRows: number;
  readonly maxRows: number;
  readonly maxBytes: number;
}

export interface CheckedOptions {
  readonly target: CheckedTarget;
  readonly source: Source<unknown>;
  readonly types: ReadonlyMap<string, PropertyType>;
  readonly batches: CheckedLimits;
  /** `undefined`: as the target wants it. */
  readonly concurrency: number | undefined;
  readonly checkpoint: string | undefined;
  readonly ledger: boolean | undefined;
  readonly rejected: string | ((row: RejectedRow) => void | Promise<void>) | undefined;
  readonly maxRejected: number;
  readonly constraints: "check" | "create" | "ignore";
  readonly onProgress: ((progress: IngestProgress) => void | Promise<void>) | undefined;
  readonly onWarning: ((warning: IngestWarning) => void) | undefined;
  readonly database: string | undefined;
  readonly maxTransactionRetryTime: number | undefined;
  readonly signal: AbortSignal | undefined;
}

const targets = ["query", "nodes", "relationships", "partitionBy", "types"];
const known = [
  ...targets,
  "source",
  "batchSize",
  "concurrency",
  "checkpoint",
  "ledger",
  "rejected",
  "maxRejected",
  "constraints",
  "onProgress",
  "onWarning",
  "database",
  "maxTransactionRetryTime",
  "signal",
];

/** @throws ConfigurationError naming the option that is unknown, missing or wrong */
export function checkIngestOptions<Row>(options: IngestOptions<Row>): CheckedOptions {
  checkObject("options", options);
  refuseUnknown(options, known);
  const { source, rejected, checkpoint, ledger, database } = options;
  const target = checkTarget(options);
  if (kindOfSource(source) === undefined) {
    refuse("source", "it must be an iterable or async iterable of rows, a stream, columns or a reader of files");
  }
  if (ledger !== undefined && typeof ledger !== "boolean") refuse("ledger", `it must be true or false`);
  if (rejected !== undefined && typeof rejected !== "function") checkName("rejected", rejected);
  return {
    target,
    source: source as Source<unknown>,
    types: checkTypes(options.types),
    batches: checkBatchSize(options.batchSize),
    concurrency: checkConcurrency(options.concurrency),
    checkpoint: checkpoint === undefined ? undefined : checkName("checkpoint", checkpoint),
    ledger,
    rejected,
    maxRejected: checkMaxRejected(options.maxRejected, rejected === undefined ? 0 : 1000),
    constraints: checkOneOf("constraints", options.constraints, ["check", "create", "ignore"] as const, "check"),
    onProgress: checkFunction("onProgress", options.onProgress),
    onWarning: checkFunction("onWarning", options.onWarning),
    database: database === undefined ? undefined : checkName("database", database),
    maxTransactionRetryTime: checkTime("maxTransactionRetryTime", options.maxTransactionRetryTime),
    signal: checkSignal(options.signal),
  };
}

function checkBatchSize(given: number | BatchLimits | undefined): CheckedLimits {
  // Larger batches are no faster on a real server, and their rows outlive the young generation of V8: then memory would grow with the job.
  const usual = { targetTime: 200, minRows: 100, maxRows: 5_000, maxBytes: 8 * 1024 * 1024 };
  if (given === undefined || given === null) return usual;
  if (typeof given === "number") {
    const rows = checkWhole("batchSize", given, 1);
    return { ...usual, minRows: rows, maxRows: rows, maxBytes: Number.POSITIVE_INFINITY };
  }
  checkObject("batchSize", given);
  refuseUnknown(given, Object.keys(usual), "batchSize.");
  const maxRows = checkWhole("batchSize.maxRows", given.maxRows, Math.max(usual.maxRows, given.minRows ?? 0));
  return {
    targetTime: checkWhole("batchSize.targetTime", given.targetTime, usual.targetTime),
    minRows: checkWhole("batchSize.minRows", given.minRows, Math.min(usual.minRows, maxRows), maxRows),
    maxRows,
    maxBytes: checkWhole("batchSize.maxBytes", given.maxBytes, usual.maxBytes, Number.MAX_SAFE_INTEGER, 1024),
  };
}

function checkTypes(types: IngestOptions<unknown>["types"]): ReadonlyMap<string, PropertyType> {
  if (types === undefined || types === null) return new Map();
  const entries = Object.entries(checkObject("types", types));
  for (const [name, type] of entries) {
    const single = typeof type === "string" ? type.replace(/\[\]$/, "") : type;
    if (!propertyTypes.some((one) => one === single)) {
      refuse(`types.${name}`, `it must be one of ${propertyTypes.join(", ")}, or one of them with [] for a list`);
    }
  }
  return new Map(entries as [string, PropertyType][]);
}

function checkMaxRejected(value: unknown, usual: number): number {
  if (value === Number.POSITIVE_INFINITY) return value;
  return checkWhole("maxRejected", value, usual, Number.MAX_SAFE_INTEGER, 0);
}

function checkTime(option: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && value >= 0) return value;
  return refuse(option, `it must be a number of milliseconds from 0, not ${kindOf(value)}`);
}

function checkSignal(value: unknown): AbortSignal | undefined {
  if (value === undefined || value === null) return undefined;
  const { aborted, addEventListener } = value as Partial<AbortSignal>;
  if (typeof aborted === "boolean" && typeof addEventListener === "function") return value as AbortSignal;
  return refuse("signal", "it must be an AbortSignal, such as an AbortController's `signal`");
}

function checkConcurrency(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : checkWhole("concurrency", value, 1, mostInFlight);
}
