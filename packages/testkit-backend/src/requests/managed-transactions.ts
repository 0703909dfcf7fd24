/**
 * Managed transactions: the driver calls a function here, and the suite is the function. Each call is told as a
 * `RetryableTry`; the suite then says how it went.
 */
import type { ManagedTransaction } from "@fulgur/neo4j-driver";
import type { Conversation } from "../conversation.ts";
import { FrontendError } from "../errors.ts";
import type { Framed } from "../framing.ts";
import type { Handlers } from "../requests.ts";
import { type TransactionData, transactionConfigOf } from "./sessions.ts";

interface OfSession {
  readonly sessionId: string;
}

export const managedRequests: Handlers = {
  SessionReadTransaction: (data: OfSession & TransactionData, conversation) =>
    execute("executeRead", data, conversation),

  SessionWriteTransaction: (data: OfSession & TransactionData, conversation) =>
    execute("executeWrite", data, conversation),

  /** Answered by the request that began it. */
  RetryablePositive({ sessionId }: OfSession, { pendingWork }) {
    pendingWork.get(sessionId)?.succeed();
    return undefined;
  },

  RetryableNegative({ sessionId, errorId }: OfSession & { errorId: string }, { pendingWork, errors }) {
    const error = errorId === "" ? new FrontendError("The test's own code failed.") : errors.get(errorId);
    pendingWork.get(sessionId)?.fail(error);
    return undefined;
  },
};

async function execute(
  method: "executeRead" | "executeWrite",
  data: OfSession & TransactionData,
  conversation: Conversation,
): Promise<Framed> {
  const { sessionId } = data;
  const { sessions, transactions, pendingWork } = conversation;
  const work = (transaction: ManagedTransaction) =>
    new Promise<void>((succeed, fail) => {
      pendingWork.set(sessionId, { succeed, fail });
      conversation.answer({ name: "RetryableTry", data: { id: transactions.add(transaction) } });
    });
  await sessions.get(sessionId)[method](work, transactionConfigOf(data));
  return { name: "RetryableDone" };
}
