import type { LogLevel } from "./level.ts";
import type { LogRecord } from "./record.ts";

const colours: Readonly<Record<LogLevel, number>> = { error: 31, warn: 33, info: 36, debug: 90, trace: 90 };

/** The record's message with the fields that say what it is about in front. */
export function textOf({ message, connectionId, address, context }: LogRecord): string {
  const about = [context, connectionId, connectionId === undefined ? address : undefined].filter(
    (field) => field !== undefined,
  );
  return about.length === 0 ? message : `[${about.join(" ")}] ${message}`;
}

/** One line of text: time, level, name, message. */
export function lineOf(
  record: LogRecord,
  { colour = false, thread }: { colour?: boolean; thread?: string } = {},
): string {
  const { name, level, time } = record;
  const shown = colour ? `\u001b[${colours[level]}m${level.padEnd(5)}\u001b[0m` : level.padEnd(5);
  const place = thread === undefined ? "" : ` ${thread}`;
  return `${new Date(time).toISOString()} ${shown} ${name}${place} ${textOf(record)}`;
}
