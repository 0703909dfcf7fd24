/** The loggers of one driver, and those who listen to all drivers: watchers, and NODE_DEBUG. */
import { debugSection, writeErrorLine } from "../transport/host.ts";
import { rankOf } from "./level.ts";
import { lineOf, textOf } from "./line.ts";
import { Logger, type LogSinks } from "./logger.ts";
import { type LoggerName, type LogRecord, type LogSink, loggerNames } from "./record.ts";
import { type LoggingOption, sinkOf } from "./sinks.ts";

const everywhere = new Set<LogSink>();
let generation = 0;

/** Lets a sink hear every driver of this process, until the function that is returned is called. */
export function listen(sink: LogSink): () => void {
  everywhere.add(sink);
  generation++;
  return () => {
    if (everywhere.delete(sink)) generation++;
  };
}

/** Where the lines of one driver, or of one connection that has none, go. */
export class Logging implements LogSinks {
  readonly #own: readonly LogSink[];
  readonly #loggers = new Map<LoggerName, Logger>();
  #all: readonly LogSink[] = [];
  #generation = -1;

  /**
   * @param option what the user gave as `logging`; nothing: only watchers and NODE_DEBUG hear anything
   * @throws ConfigurationError naming what is wrong with it
   */
  constructor(option?: LoggingOption | null) {
    const debug = debugSink();
    this.#own = [
      ...(option === undefined || option === null ? [] : [sinkOf(option, (record) => writeErrorLine(lineOf(record)))]),
      ...(debug === undefined ? [] : [debug]),
    ];
  }

  /** Changes when sinks come or go. */
  get generation(): number {
    return generation;
  }

  get all(): readonly LogSink[] {
    if (this.#generation !== generation) {
      this.#generation = generation;
      this.#all = [...this.#own, ...everywhere];
    }
    return this.#all;
  }

  logger(name: LoggerName): Logger {
    let logger = this.#loggers.get(name);
    if (logger === undefined) this.#loggers.set(name, (logger = new Logger(name, this)));
    return logger;
  }
}

/** `NODE_DEBUG=neo4j` shows all loggers at debug level, `NODE_DEBUG=neo4j.io` one of them. */
function debugSink(): LogSink | undefined {
  const all = debugSection("neo4j");
  const sections = new Map<LoggerName, (text: string) => void>();
  for (const name of loggerNames) {
    const section = debugSection(name) ?? all;
    if (section !== undefined) sections.set(name, section);
  }
  if (sections.size === 0) return undefined;
  return {
    rank: (name) => (sections.has(name) ? rankOf.debug : 0),
    write: (record: LogRecord) => sections.get(record.name)?.(`${record.level} ${record.name} ${textOf(record)}`),
  };
}
