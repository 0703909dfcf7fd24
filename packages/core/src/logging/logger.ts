import { logContext } from "../transport/host.ts";
import { type LogLevel, rankOf } from "./level.ts";
import type { LogFields, LoggerName, LogRecord, LogSink } from "./record.ts";

/** A line's text, or what makes it: that is only called when somebody reads the line. (LOG-03) */
export type LogText = string | (() => string);

/** The sinks of a logger; they may come and go. `generation` changes whenever they do. */
export interface LogSinks {
  readonly generation: number;
  readonly all: readonly LogSink[];
}

/**
 * Writes lines of one name to whoever reads them. A logger that throws, or whose promise rejects, disturbs nobody:
 * logs are an aid, and nothing depends on them. (LOG-01)
 */
export class Logger {
  readonly name: LoggerName;
  readonly #sinks: LogSinks;
  readonly #fields: LogFields;
  /** The highest rank that any sink wants, as of `#generation`. */
  #rank = 0;
  #generation = -1;

  constructor(name: LoggerName, sinks: LogSinks, fields: LogFields = {}) {
    this.name = name;
    this.#sinks = sinks;
    this.#fields = fields;
  }

  /** Whether anybody reads lines of this level. Cheap enough for every message. */
  isOn(level: LogLevel): boolean {
    const { generation, all } = this.#sinks;
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#rank = all.reduce((highest, sink) => Math.max(highest, sink.rank(this.name)), 0);
    }
    return rankOf[level] <= this.#rank;
  }

  /** A logger of the same name whose lines have these fields, too. */
  child(fields: LogFields): Logger {
    return new Logger(this.name, this.#sinks, { ...this.#fields, ...fields });
  }

  error(text: LogText, fields?: LogFields): void {
    if (this.isOn("error")) this.#write("error", text, fields);
  }

  warn(text: LogText, fields?: LogFields): void {
    if (this.isOn("warn")) this.#write("warn", text, fields);
  }

  info(text: LogText, fields?: LogFields): void {
    if (this.isOn("info")) this.#write("info", text, fields);
  }

  debug(text: LogText, fields?: LogFields): void {
    if (this.isOn("debug")) this.#write("debug", text, fields);
  }

  trace(text: LogText, fields?: LogFields): void {
    if (this.isOn("trace")) this.#write("trace", text, fields);
  }

  #write(level: LogLevel, text: LogText, fields: LogFields | undefined): void {
    try {
      const { name } = this;
      const message = typeof text === "string" ? text : text();
      const known = { name, level, message, time: Date.now(), context: logContext(), ...this.#fields, ...fields };
      const record = Object.freeze(
        Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
      ) as unknown as LogRecord;
      for (const sink of this.#sinks.all) if (rankOf[level] <= sink.rank(name)) deliver(sink, record);
    } catch {
      // A line that can't be made is left out.
    }
  }
}

function deliver(sink: LogSink, record: LogRecord): void {
  try {
    const written = sink.write(record);
    if (written instanceof Promise) written.catch(() => {});
  } catch {
    // The reader's fault, and the reader's affair.
  }
}
