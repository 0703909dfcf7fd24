/** Which function takes which request. */
import type { Conversation } from "./conversation.ts";
import type { Framed } from "./framing.ts";
import { authTokenManagerRequests } from "./requests/auth-token-managers.ts";
import { bookmarkManagerRequests } from "./requests/bookmark-managers.ts";
import { clientCertificateRequests } from "./requests/client-certificates.ts";
import { controlRequests } from "./requests/control.ts";
import { driverRequests } from "./requests/drivers.ts";
import { insightRequests } from "./requests/insights.ts";
import { managedRequests } from "./requests/managed-transactions.ts";
import { resultRequests } from "./requests/results.ts";
import { sessionRequests } from "./requests/sessions.ts";
import { transactionRequests } from "./requests/transactions.ts";

/** Takes a request's data; `undefined` where the answer is another request's. What it throws becomes the answer. */
export type Handler<Data = never> = (
  data: Data,
  conversation: Conversation,
) => Framed | undefined | Promise<Framed | undefined>;

export type Handlers = { readonly [name: string]: Handler };

const handlers: Handlers = {
  ...controlRequests,
  ...driverRequests,
  ...insightRequests,
  ...sessionRequests,
  ...transactionRequests,
  ...managedRequests,
  ...resultRequests,
  ...authTokenManagerRequests,
  ...bookmarkManagerRequests,
  ...clientCertificateRequests,
};

export function handlerOf(name: string): Handler | undefined {
  return Object.hasOwn(handlers, name) ? handlers[name] : undefined;
}
