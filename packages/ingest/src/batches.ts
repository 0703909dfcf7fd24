/** Anything that gives rows one after the other: an array, a generator, a stream. */
export type Source<Row> = Iterable<Row> | AsyncIterable<Row>;

/**
 * The rows of a source in portions. The next row is asked for only when the portion before was taken; a source that isn't
 * read to its end is told so.
 */
export async function* batchesOf<Row>(
  source: Source<Row>,
  size: number,
  signal?: AbortSignal | undefined,
): AsyncGenerator<Row[], void, undefined> {
  signal?.throwIfAborted();
  let batch: Row[] = [];
  for await (const row of source) {
    signal?.throwIfAborted();
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    signal?.throwIfAborted();
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
