/** A server's remark about a query, raised as a process warning. */
import { type CallSite, withCaret } from "@fulgur/neo4j-core";
import type { Notification } from "../notification.ts";

/** What `process.on("warning")` gets for a remark that `warnNotificationSeverity` asks for. (LOG-13) */
export class Neo4jWarning extends Error {
  override readonly name: string = "Neo4jWarning";
  /** The server's code, such as `Neo.ClientNotification.Statement.CartesianProduct`. Node prints it in front of the message. */
  readonly code: string;
  /** Not enumerable. */
  declare readonly notification: Notification;
  /** The query's text, if it is known; never its parameters. Not enumerable. */
  declare readonly query: string | undefined;

  /** @param query shows the line of the remark with a caret under its place */
  constructor(notification: Notification, query?: string, site?: CallSite) {
    const { title, description, position, code } = notification;
    super(withCaret(description || title || code, position, query));
    this.code = code;
    Object.defineProperty(this, "notification", { value: notification });
    Object.defineProperty(this, "query", { value: query });
    takeStack(this, site);
  }
}

/** The same for what a query does in a way that will cease to work. `--no-deprecation` hides it. (LOG-14) */
export class Neo4jDeprecationWarning extends Neo4jWarning {
  override readonly name = "DeprecationWarning";
}

/** Makes the caller's line the first of an error's stack. */
export function takeStack(error: Error, site: CallSite | undefined): void {
  const frames = site?.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  if (frames.length > 0) error.stack = `${error.name}: ${error.message}\n${frames.join("\n")}`;
}
