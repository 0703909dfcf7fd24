import type { LogLevel } from "./level.ts";

/** The loggers by name. A name's threshold holds for the names below it, unless they have their own. (LOG-02) */
export const loggerNames = [
  "neo4j",
  "neo4j.session",
  "neo4j.io",
  "neo4j.pool",
  "neo4j.auth_management",
  "neo4j.notifications",
] as const;

/** `neo4j`: the driver; `.session`: units of work; `.io`: network and messages; `.pool`: pool and routing; and two that say it. */
export type LoggerName = (typeof loggerNames)[number];

/** What a line may be about. */
export interface LogFields {
  /** The server's name for the connection, such as `bolt-61`; before the server has said it, a number of ours, such as `#7`. */
  readonly connectionId?: string | undefined;
  /** `host:port` of the server. */
  readonly address?: string | undefined;
  /** The asynchronous context that asked for it: what `runWithLogContext` was given. (LOG-18) */
  readonly context?: string | undefined;
}

/** One line of the log. Its fields are an interface; the wording of `message` isn't, and may change at any time. (LOG-09) */
export interface LogRecord extends LogFields {
  readonly name: LoggerName;
  readonly level: LogLevel;
  readonly message: string;
  /** Unix time in milliseconds. */
  readonly time: number;
}

/** Where lines go: how much of a logger it wants, and who takes it. */
export interface LogSink {
  /** The highest rank (`rankOf`) that is wanted of a logger. */
  rank(name: LoggerName): number;
  write(record: LogRecord): unknown;
}

/** The value of the longest name that is this one or above it. */
export function byName<T>(values: ReadonlyMap<string, T>, name: string): T | undefined {
  for (let part = name; ; part = part.slice(0, part.lastIndexOf("."))) {
    const value = values.get(part);
    if (value !== undefined || !part.includes(".")) return value;
  }
}
