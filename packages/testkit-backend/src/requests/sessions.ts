/** Requests to sessions. */
import { Bookmarks } from "@fulgur/neo4j-driver";
import { type AuthorizationToken, authTokenOf } from "../auth-token.ts";
import { type NotificationData, notificationFilterOf } from "../driver-config.ts";
import { LateResult } from "../late-result.ts";
import type { Handlers } from "../requests.ts";
import { type CypherMapData, mapFromSuite } from "../values/from-suite.ts";
import { withoutNulls } from "../without-nulls.ts";
import { resultAnswer } from "./results.ts";

interface OfSession {
  readonly sessionId: string;
}

/** What configures a transaction, wherever it begins. */
export interface TransactionData {
  readonly txMeta?: CypherMapData | null;
  readonly timeout?: number | null;
}

export function transactionConfigOf({ txMeta, timeout }: TransactionData) {
  return withoutNulls({ metadata: mapFromSuite(txMeta), timeout });
}

interface NewSessionData extends NotificationData {
  readonly driverId: string;
  readonly accessMode: "r" | "w";
  readonly bookmarks: readonly string[] | null;
  readonly database: string | null;
  readonly fetchSize: number | null;
  readonly impersonatedUser: string | null;
  readonly bookmarkManagerId?: string;
  readonly authorizationToken?: AuthorizationToken;
}

export const sessionRequests: Handlers = {
  NewSession(data: NewSessionData, { drivers, sessions, bookmarkManagers }) {
    const { driverId, accessMode, bookmarks, bookmarkManagerId, database, fetchSize, impersonatedUser } = data;
    const session = drivers.get(driverId).session(
      withoutNulls({
        defaultAccessMode: accessMode === "r" ? ("READ" as const) : ("WRITE" as const),
        database,
        fetchSize,
        impersonatedUser,
        bookmarks: bookmarks === null ? null : Bookmarks.fromRawValues(bookmarks),
        bookmarkManager: bookmarkManagerId === undefined ? null : bookmarkManagers.get(bookmarkManagerId),
        notificationFilter: notificationFilterOf(data),
        auth: data.authorizationToken === undefined ? null : authTokenOf(data.authorizationToken),
      }),
    );
    return { name: "Session", data: { id: sessions.add(session) } };
  },

  async SessionClose({ sessionId }: OfSession, { sessions }) {
    await sessions.get(sessionId).close();
    return { name: "Session", data: { id: sessionId } };
  },

  SessionRun(data: OfSession & TransactionData & { cypher: string; params: CypherMapData | null }, conversation) {
    const { sessionId, cypher, params } = data;
    const session = conversation.sessions.get(sessionId);
    const result = new LateResult(session.run(cypher, mapFromSuite(params), transactionConfigOf(data)));
    return resultAnswer(result, conversation);
  },

  async SessionBeginTransaction(data: OfSession & TransactionData, { sessions, transactions }) {
    const transaction = await sessions.get(data.sessionId).beginTransaction(transactionConfigOf(data));
    return { name: "Transaction", data: { id: transactions.add(transaction) } };
  },

  async SessionLastBookmarks({ sessionId }: OfSession, { sessions }) {
    const bookmarks = await sessions.get(sessionId).lastBookmarks();
    return { name: "Bookmarks", data: { bookmarks: [...bookmarks] } };
  },
};
