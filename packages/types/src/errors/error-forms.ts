/** The forms in which errors leave a program: text for people and JSON for machines. */
import { jsonValue } from "../json.ts";
import type { Attempt } from "./attempt.ts";

/** What these forms need to know of an error of this package; its class can't be imported here. */
interface OwnError extends Error {
  readonly attempts?: readonly Attempt[] | undefined;
  toJSON(): unknown;
}

/** {@link Error.toString}, the stack's frames, what was tried, and the same of the causes. */
export function errorText(error: OwnError): string {
  return textOf(error, new Set());
}

/** Name, message, own fields, attempts and causes. */
export function errorJson(error: OwnError): Record<string, unknown> {
  return jsonOf(error, new Set());
}

function textOf(error: OwnError, above: ReadonlySet<unknown>): string {
  const frames = error.stack?.match(/^\s+at .*$/gm) ?? [];
  const lines = [error.toString(), ...frames, ...attemptLines(error.attempts)];
  const seen = new Set(above).add(error);
  return [...lines, ...causeLines(error.cause, seen)].join("\n");
}

function attemptLines(attempts: readonly Attempt[] = []): string[] {
  return attempts.map(({ error, startedAt, took }, at) => {
    const [first] = (error instanceof Error ? error.toString() : String(error)).split("\n", 1);
    return `  [attempt ${at + 1}] after ${Math.round(startedAt)} ms, for ${Math.round(took)} ms: ${first}`;
  });
}

function causeLines(cause: unknown, above: ReadonlySet<unknown>): string[] {
  if (cause === undefined) return [];
  return [`  [cause]: ${causeText(cause, above).replaceAll("\n", "\n  ")}`];
}

function causeText(cause: unknown, above: ReadonlySet<unknown>): string {
  if (above.has(cause)) return "(see above)";
  if (!(cause instanceof Error)) return String(cause);
  if (isOwn(cause)) return textOf(cause, above);
  return [cause.stack ?? String(cause), ...causeLines(cause.cause, new Set(above).add(cause))].join("\n");
}

function jsonOf(error: OwnError, above: ReadonlySet<unknown>): Record<string, unknown> {
  const { name, message, attempts, cause } = error;
  const seen = new Set(above).add(error);
  return {
    name,
    message,
    ...(jsonValue({ ...error }) as object),
    ...(attempts === undefined ? {} : { attempts: attempts.map(attemptJson) }),
    ...(cause === undefined ? {} : { cause: causeJson(cause, seen) }),
  };
}

function attemptJson({ error, ...when }: Attempt): unknown {
  return { error: briefJson(error), ...when };
}

function causeJson(cause: unknown, above: ReadonlySet<unknown>): unknown {
  if (!(cause instanceof Error) || above.has(cause)) return briefJson(cause);
  if (isOwn(cause)) return jsonOf(cause, above);
  const brief = briefJson(cause) as object;
  return cause.cause === undefined ? brief : { ...brief, cause: causeJson(cause.cause, new Set(above).add(cause)) };
}

/** An error's name, code and message. */
function briefJson(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === "object" ? String(error) : jsonValue(error);
  const { name, message } = error;
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? { name, code, message } : { name, message };
}

function isOwn(error: Error): error is OwnError {
  return Reflect.get(error, Symbol.for("fulgur.neo4j.error.Neo4jDriverBaseError")) === true;
}
