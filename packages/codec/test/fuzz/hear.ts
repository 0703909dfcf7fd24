import type { Decoder, ExpectedResult, RecordBatch } from "@fulgur/neo4j-codec";

/** How the values of a batch are asked for. */
export type View =
  | "rows"
  | "objects"
  | "objects, then rows"
  | "rows, then objects"
  | "columns"
  | "columns, then rows"
  | "rows, then columns";

/** How a stream is given to a decoder, and what is asked of it. */
export interface Delivery {
  readonly expected: ExpectedResult | undefined;
  /** Where the stream is cut. */
  readonly cuts: readonly number[];
  readonly view: View;
  readonly fields: readonly string[];
  /** Batches are looked at only when all has arrived, those of both engines in turn. */
  readonly late: boolean;
}

/** What a decoder said: rows, messages and the error that ended it, one after the other. */
export class Heard {
  readonly said: unknown[] = [];
  failed = false;
  /** How many rows came from batches of the plain reader, and from other ones. */
  plainRows = 0;
  otherRows = 0;
  readonly #waiting: RecordBatch[] = [];
  readonly #view: View;
  readonly #fields: readonly string[];

  constructor({ view, fields }: Delivery) {
    this.#view = view;
    this.#fields = fields;
  }

  batch(batch: RecordBatch, late: boolean): void {
    if (batch.constructor.name === "RowBatch") this.plainRows += batch.length;
    else this.otherRows += batch.length;
    if (late) {
      this.#waiting.push(batch);
      this.said.push(undefined);
    } else {
      this.#look(batch, (row) => this.said.push(row));
    }
  }

  /** Looks at the batches that wait. */
  settle(): void {
    if (this.#waiting.length === 0) return;
    const all = this.said.splice(0);
    for (const one of all) {
      if (one === undefined) this.#look(this.#waiting.shift() as RecordBatch, (row) => this.said.push(row));
      else this.said.push(one);
    }
  }

  /** Each row with its object: engines cut batches as they like, so one after the other they would be in another order. */
  #look(batch: RecordBatch, add: (row: unknown) => void): void {
    const lists = this.#view.split(", then ").map((one) => {
      if (one === "rows") return batch.rows();
      return one === "objects" ? batch.objects(this.#fields) : rowsOfColumns(batch, this.#fields);
    });
    for (const list of lists) {
      if (list.length !== batch.length) throw new Error(`${list.length} of ${batch.length} rows`);
    }
    for (let i = 0; i < batch.length; i++) for (const list of lists) add(list[i]);
    add(batch.broken);
  }

  error(error: unknown): void {
    this.failed = true;
    const { name, offset, reason, message, stack } = error as Record<string, unknown>;
    // Anything else is a crash.
    if (name === "PackStreamError" && typeof offset === "number") this.said.push({ name, offset, reason, message });
    else this.said.push({ crash: `${name}: ${message}`, stack });
  }
}

function rowsOfColumns(batch: RecordBatch, fields: readonly string[]): unknown[][] {
  const columns = batch.columns(fields).columns.map((column) => column.toArray());
  if (columns.length !== fields.length) throw new Error(`${columns.length} of ${fields.length} columns`);
  return Array.from({ length: batch.length }, (_, i) => columns.map((column) => column[i]));
}

/** Rows and `broken` are told batch by batch, and engines cut batches as they like: `broken` is told once. */
export function flat(heard: Heard): unknown[] {
  let broken = false;
  const rows: unknown[] = [];
  for (const one of heard.said) {
    if (typeof one === "boolean") broken ||= one;
    else rows.push(one);
  }
  return heard.said.length === 0 ? rows : [...rows, broken];
}

/** Gives a stream to decoders piece by piece, in turn. */
export function deliver(decoders: readonly Decoder[], stream: Uint8Array, delivery: Delivery): Heard[] {
  const all = decoders.map(() => new Heard(delivery));
  if (delivery.expected !== undefined) for (const decoder of decoders) decoder.expect(delivery.expected);
  let from = 0;
  for (const to of [...delivery.cuts, stream.length]) {
    const piece = stream.subarray(from, to);
    from = to;
    decoders.forEach((decoder, i) => {
      const heard = all[i] as Heard;
      if (heard.failed) return;
      try {
        for (const item of decoder.push(piece)) {
          if (item.type === "RECORD") heard.batch(item, delivery.late);
          else heard.said.push(item);
        }
      } catch (error) {
        heard.error(error);
      }
    });
  }
  decoders.forEach((decoder, i) => {
    const heard = all[i] as Heard;
    try {
      heard.settle();
      if (!heard.failed) decoder.end();
    } catch (error) {
      heard.error(error);
    }
  });
  return all;
}
