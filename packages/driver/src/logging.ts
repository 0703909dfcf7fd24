/** What an application needs to read the driver's log. */
import { type LoggingConfig, type LogThreshold, lineOf } from "@fulgur/neo4j-core";

export {
  type LogFields,
  type LogFunction,
  type LoggerName,
  type LoggerObject,
  type LoggingConfig,
  type LoggingOption,
  type LogLevel,
  type LogRecord,
  type LogThreshold,
  runWithLogContext,
  type TextOutput,
  Watcher,
  type WatcherOptions,
  type WatchOptions,
  watch,
} from "@fulgur/neo4j-core";

/** npm's helper for the option `logging`. */
export const logging = {
  /**
   * Lines on the console, as text: `driver(uri, auth, { logging: logging.console("debug") })`.
   *
   * @param level from which on; default `"info"`
   */
  console(level: LogThreshold = "info"): LoggingConfig {
    return { level, logger: (_level, _message, record) => console.log(lineOf(record)) };
  },
} as const;
