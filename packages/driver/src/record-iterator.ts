/** Records one by one, or by batches, for `for await`. */
import type { Record } from "./record.ts";
import type { ResultBatch } from "./result-batch.ts";
import type { ResultReader } from "./result-reader.ts";

/** Iterates by hand: an async generator costs several promises for each record. It has no `return`: the rest is kept. */
export class RecordIterator<Row extends object>
  implements AsyncIterator<Record<Row>, undefined>, AsyncIterable<Record<Row>>
{
  readonly #reader: ResultReader<Row>;

  constructor(reader: ResultReader<Row>) {
    this.#reader = reader;
  }

  next(): Promise<IteratorResult<Record<Row>, undefined>> {
    return nextRecord(this.#reader);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

export function nextRecord<Row extends object>(
  reader: ResultReader<Row>,
): Promise<IteratorResult<Record<Row>, undefined>> {
  reader.observed = true;
  // The usual case takes no async function: most of the cost of iterating lies there.
  if (reader.hasRow) return Promise.resolve({ done: false, value: reader.take() });
  return nextOfLaterBatch(reader);
}

async function nextOfLaterBatch<Row extends object>(
  reader: ResultReader<Row>,
): Promise<IteratorResult<Record<Row>, undefined>> {
  if (!(await reader.load())) return { done: true, value: undefined };
  return nextRecord(reader);
}

/** What a step makes of each record, one after the other. Left early, or after an error of the step, it leaves the rest to be read. */
export function eachRecord<Row extends object, T>(
  reader: ResultReader<Row>,
  step: (record: Record<Row>, index: number) => T | PromiseLike<T>,
): AsyncIterableIterator<Awaited<T>> {
  return each(reader, () => {
    const index = reader.position;
    return step(reader.take(), index);
  });
}

/** The records in the portions in which they arrived. Left early, it leaves the rest to be read. */
export function eachBatch<Row extends object>(reader: ResultReader<Row>): AsyncIterableIterator<ResultBatch<Row>> {
  return each(reader, () => reader.takeBatch());
}

/** What `take` takes while a row is at hand. */
function each<Row extends object, T>(
  reader: ResultReader<Row>,
  take: () => T | PromiseLike<T>,
): AsyncIterableIterator<Awaited<T>> {
  const next = async (): Promise<IteratorResult<Awaited<T>>> => {
    reader.observed = true;
    while (!reader.hasRow) if (!(await reader.load())) return { done: true, value: undefined };
    return { done: false, value: await take() };
  };
  const iterator = { next, [Symbol.asyncIterator]: () => iterator };
  return iterator;
}
