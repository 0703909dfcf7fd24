/** Requests to results. */
import type { Conversation } from "../conversation.ts";
import type { Framed } from "../framing.ts";
import type { LateResult } from "../late-result.ts";
import { borrowedName } from "../names/borrowed-name.ts";
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

  async ResultSingleOptional({ resultId }: OfResult, { results }) {
    const { value, warnings } = await warningsOf("NEO4J_SINGLE", () => results.get(resultId).read.single());
    return { name: "RecordOptional", data: { record: value === null ? null : recordToSuite(value), warnings } };
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
export async function resultAnswer(result: LateResult, conversation: Conversation): Promise<Framed> {
  const keys = await result.keys();
  // Throws the failure, if there is one.
  if (!conversation.showsFailuresLate) void result.read;
  return { name: "Result", data: { keys, id: conversation.results.add(result) } };
}

/** The messages of the process warnings of one code that come while something runs. */
async function warningsOf<T>(code: string, run: () => Promise<T>): Promise<{ value: T; warnings: string[] }> {
  const warnings: string[] = [];
  const listen = (warning: Error & { code?: string }) => {
    if (warning.code === code) warnings.push(borrowedName().warning(warning.message));
  };
  process.on("warning", listen);
  try {
    const value = await run();
    // Warnings are raised in the next tick.
    await new Promise((resolve) => setImmediate(resolve));
    return { value, warnings };
  } finally {
    process.off("warning", listen);
  }
}
