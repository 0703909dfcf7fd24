/** From what a user gives as `logging` to where the lines go. */
import { ConfigurationError } from "@fulgur/neo4j-types";
import { isThreshold, type LogLevel, type LogThreshold, logThresholds, rankOf } from "./level.ts";
import { byName, type LoggerName, type LogRecord, type LogSink, loggerNames } from "./record.ts";

/** Takes a line: level and text, as with npm's driver, and the whole record. */
export type LogFunction = (level: LogLevel, message: string, record: LogRecord) => unknown;

/**
 * A logger with a method for each level: pino's and its like (bunyan's) are called with the record's fields and the text,
 * others (console, winston) with the text and the fields. Without `trace`, `debug` takes its lines.
 */
export interface LoggerObject {
  readonly level?: unknown;
  error(...args: never[]): unknown;
  warn(...args: never[]): unknown;
  info(...args: never[]): unknown;
  debug(...args: never[]): unknown;
  trace?(...args: never[]): unknown;
}

/** The option `logging`. (LOG-02, LOG-10) */
export interface LoggingConfig {
  /** The level from which on lines are wanted. Default: the logger's own `level` if it has one, else `"info"`. */
  readonly level?: LogThreshold | undefined;
  /** Levels of single loggers and those below them, such as `{ "neo4j.io": "off", "neo4j.pool": "debug" }`. */
  readonly levels?: { readonly [Name in LoggerName]?: LogThreshold | undefined } | undefined;
  /** Who takes the lines. Default: the error stream. */
  readonly logger?: LogFunction | LoggerObject | undefined;
}

/** What `logging` may be: the options, or just a logger. */
export type LoggingOption = LoggingConfig | LogFunction | LoggerObject;

const methods = ["error", "warn", "info", "debug"] as const;

/**
 * @param write takes the lines when no logger is given.
 * @throws ConfigurationError naming what is wrong
 */
export function sinkOf(option: LoggingOption, write: (record: LogRecord) => unknown): LogSink {
  if (typeof option === "function" || isLoggerObject(option)) return sinkOf({ logger: option }, write);
  if (typeof option !== "object" || option === null || Array.isArray(option)) {
    throw wrong("logging", "must be an object of level, levels and logger, or a logger itself");
  }
  for (const key of Object.keys(option)) {
    if (!["level", "levels", "logger"].includes(key)) {
      throw wrong(`logging.${key}`, "isn't known: it has level, levels and logger");
    }
  }
  const { level, levels, logger } = option;
  const own = isLoggerObject(logger) ? levelOf(logger) : undefined;
  const ranks = new Map<string, number>([["neo4j", rankOf[checkedLevel("logging.level", level) ?? own ?? "info"]]]);
  if (levels !== undefined && (typeof levels !== "object" || levels === null)) {
    throw wrong("logging.levels", "must be an object from logger names to levels");
  }
  for (const [name, threshold] of Object.entries(levels ?? {})) {
    if (!(loggerNames as readonly string[]).includes(name)) {
      throw wrong("logging.levels", `names a logger that doesn't exist; the loggers are ${loggerNames.join(", ")}`);
    }
    const checked = checkedLevel(`logging.levels["${name}"]`, threshold);
    if (checked !== undefined) ranks.set(name, rankOf[checked]);
  }
  const rank = new Map(loggerNames.map((name) => [name, byName(ranks, name) ?? 0]));
  return { rank: (name) => rank.get(name) ?? 0, write: writerOf(logger) ?? write };
}

function writerOf(logger: unknown): ((record: LogRecord) => unknown) | undefined {
  if (logger === undefined || logger === null) return undefined;
  if (typeof logger === "function") {
    const take = logger as LogFunction;
    return (record) => take(record.level, record.message, record);
  }
  if (!isLoggerObject(logger)) {
    throw wrong("logging.logger", `must be a function, or an object with the methods ${methods.join(", ")}`);
  }
  const target = logger as unknown as Record<LogLevel, ((...args: unknown[]) => unknown) | undefined>;
  const fieldsFirst = isPinoLike(logger);
  return (record) => {
    const { message, level, time: _, ...fields } = record;
    const method = target[level] === undefined ? "debug" : level;
    return fieldsFirst ? target[method]?.(fields, message) : target[method]?.(message, fields);
  };
}

function isLoggerObject(value: unknown): value is LoggerObject {
  if (typeof value !== "object" || value === null) return false;
  return methods.every((name) => typeof Reflect.get(value, name) === "function");
}

/** Pino and bunyan make children by `child`; so does winston, which has transports. */
function isPinoLike(logger: object): boolean {
  return typeof Reflect.get(logger, "child") === "function" && !Reflect.has(logger, "transports");
}

function levelOf({ level }: LoggerObject): LogThreshold | undefined {
  if (level === "silent") return "off";
  if (level === "fatal") return "error";
  return isThreshold(level) ? level : undefined;
}

function checkedLevel(option: string, level: unknown): LogThreshold | undefined {
  if (level === undefined || level === null) return undefined;
  if (isThreshold(level)) return level;
  throw wrong(option, `must be one of ${logThresholds.map((name) => JSON.stringify(name)).join(", ")}`);
}

function wrong(option: string, what: string): ConfigurationError {
  return new ConfigurationError(`The option \`${option}\` ${what}.`, { option });
}
