/** Requests to transactions: explicit ones, and the queries of managed ones. */
import type { Transaction } from "@fulgur/neo4j-driver";
import { LateResult } from "../late-result.ts";
import type { Handlers } from "../requests.ts";
import { type CypherMapData, mapFromSuite } from "../values/from-suite.ts";
import { resultAnswer } from "./results.ts";

interface OfTransaction {
  readonly txId: string;
}

export const transactionRequests: Handlers = {
  TransactionRun(data: OfTransaction & { cypher: string; params: CypherMapData | null }, conversation) {
    const transaction = conversation.transactions.get(data.txId);
    return resultAnswer(new LateResult(transaction.run(data.cypher, mapFromSuite(data.params))), conversation);
  },

  async TransactionCommit({ txId }: OfTransaction, { transactions }) {
    await (transactions.get(txId) as Transaction).commit();
    return { name: "Transaction", data: { id: txId } };
  },

  async TransactionRollback({ txId }: OfTransaction, { transactions }) {
    await (transactions.get(txId) as Transaction).rollback();
    return { name: "Transaction", data: { id: txId } };
  },

  async TransactionClose({ txId }: OfTransaction, { transactions }) {
    await (transactions.get(txId) as Transaction).close();
    return { name: "Transaction", data: { id: txId } };
  },
};
