/** Requests to results. */
import type { Conversation } from "../conversation.ts";
import type { Framed } from "../framing.ts";
import type { LateResult } from "../late-result.ts";
import type { Handlers } from "../requests.ts";
import { recordToSuite, summaryToSuite } from "../summary.ts";

interface OfResult {
  readonly resultId: string;
}

const noRecord: Framed = { name: "NullRecord" };

export const resultRequests: Handlers = {
  async ResultNext({ resultId }: OfResult, { results }) {
    const { done, value } = await results.get(resultId).read.next();
    return done ? noRecord : { name: "Record", data: recordToSuite(value) };
  },

  async ResultPeek({ resultId }: OfResult, { results }) {
    const record = await results.get(resultId).read.peek();
    return record === null ? noRecord : { name: "Record", data: recordToSuite(record) };
  },

  async ResultSingle({ resultId }: OfResult, { results }) {
    return { name: "Record", data: recordToSuite(await results.get(resultId).read.single({ strict: true })) };
  },

  async ResultList({ resultId }: OfResult, { results }) {
    const { records } = await results.get(resultId).read.toEagerResult();
    return { name: "RecordList", data: { records: records.map(recordToSuite) } };
  },

  async ResultConsume({ resultId }: OfResult, { results }) {
    return { name: "Summary", data: summaryToSuite(await results.get(resultId).read.consume()) };
  },
};

/** The answer to a query, once the server has answered it. */
export async function resultAnswer(late: LateResult, { results }: Conversation): Promise<Framed> {
  return { name: "Result", data: { keys: await late.keys(), id: results.add(late) } };
}
