import type { bolt } from "@fulgur/neo4j-codec";
import { failureLine, requestLine, successLine } from "../logging/bolt-lines.ts";
import type { Logger } from "../logging/logger.ts";
import { Logging } from "../logging/logging.ts";
import type { LoggingOption } from "../logging/sinks.ts";
import { logContext } from "../transport/host.ts";

/** The loggers of whoever opens a connection, or those that the option asks for. */
export function loggingOf(option: Logging | LoggingOption | undefined): Logging {
  return option instanceof Logging ? option : new Logging(option);
}

let connections = 0;

/** What one connection says on `neo4j.io`: `C:` is this side, `S:` the server. (LOG-04) */
export class ConversationLog {
  #log: Logger;

  constructor(logging: Logging, address: string) {
    this.#log = logging.logger("neo4j.io").child({ address, connectionId: `#${++connections}` });
  }

  /** The server's name for the connection, in its lines from now on. */
  named(connectionId: string): void {
    this.#log = this.#log.child({ connectionId });
  }

  opening(encrypted: boolean): void {
    this.#log.debug(() => `C: <OPEN> ${encrypted ? "TLS" : "TCP"}`);
  }

  /** What the handshake came to. */
  negotiated(version: string): void {
    this.#log.debug(() => `S: <HANDSHAKE> Bolt ${version}`);
  }

  failedToOpen(error: unknown): void {
    this.#log.debug(() => `could not be opened: ${nameOf(error)}`);
  }

  /** Whom the request is for, to be given back with its answer: answers come in nobody's context. */
  asked(request: bolt.Request): string | undefined {
    if (!this.#log.isOn("debug")) return undefined;
    this.#log.debug(() => `C: ${requestLine(request)}`);
    return logContext();
  }

  succeeded(metadata: Readonly<Record<string, unknown>>, context: string | undefined): void {
    if (this.#log.isOn("debug")) this.#log.debug(() => `S: ${successLine(metadata)}`, { context });
  }

  failed(code: string, gqlStatus: string, context: string | undefined): void {
    if (this.#log.isOn("debug")) this.#log.debug(() => `S: ${failureLine(code, gqlStatus)}`, { context });
  }

  ignored(context: string | undefined): void {
    if (this.#log.isOn("debug")) this.#log.debug("S: IGNORED", { context });
  }

  records(count: number, context: string | undefined): void {
    if (this.#log.isOn("trace")) this.#log.trace(() => `S: RECORD * ${count}`, { context });
  }

  /** @param error absent: this side closed it. */
  ended(error: Error | undefined): void {
    if (error === undefined) this.#log.debug("C: <CLOSE>");
    else this.#log.warn(() => `lost: ${nameOf(error)}`);
  }

  /** The server broke the protocol: what makes a report. */
  broken(error: Error): void {
    this.#log.error(() => error.message);
  }
}

/** An error's name and code, and the platform's code of its cause; not its text, which may be a server's and quote values. */
function nameOf(error: unknown): string {
  const { name, code, cause } = (error ?? {}) as { name?: unknown; code?: unknown; cause?: { code?: unknown } };
  const codes = [code, cause?.code].filter((known) => typeof known === "string" && known !== "N/A" && known !== name);
  return [typeof name === "string" ? name : typeof error, ...codes].join(" ");
}
