import type { PackStreamError } from "@fulgur/neo4j-types";
import type { Decoder, ExpectedResult, Message, RecordBatch } from "../decoder.ts";
import type { Profile } from "../profile.ts";
import { Dechunker } from "./dechunker.ts";
import { MessageReader, type Role } from "./messages.ts";
import { Reader } from "./reader.ts";
import { RowBatch } from "./row-batch.ts";

/** The plain engine: reads message by message and value by value. It reads everything, on every runtime. */
export class PlainDecoder implements Decoder {
  readonly #dechunker = new Dechunker();
  readonly #profile: Profile;
  readonly #messages: MessageReader;
  readonly #items: Iterable<Message | RecordBatch>;
  #failure: PackStreamError | undefined;

  constructor(profile: Profile, role: Role) {
    this.#profile = profile;
    this.#messages = new MessageReader(profile, new Reader(profile), role);
    const next = (): IteratorResult<Message | RecordBatch> => {
      const value = this.#next();
      return value === undefined ? { done: true, value } : { done: false, value };
    };
    this.#items = { [Symbol.iterator]: () => ({ next }) };
  }

  get noops(): number {
    return this.#dechunker.noops;
  }

  push(bytes: Uint8Array): Iterable<Message | RecordBatch> {
    this.#dechunker.push(bytes);
    return this.#items;
  }

  expect(result: ExpectedResult): void {
    this.#messages.columns = result.fields;
  }

  end(): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#dechunker.finish();
  }

  #next(): Message | RecordBatch | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    const dechunker = this.#dechunker;
    const rows: unknown[][] = [];
    try {
      while (dechunker.peek()) {
        const { bytes, start, end } = dechunker;
        const isRecord = this.#messages.isRecord(bytes, start, end);
        if (!isRecord && rows.length > 0) break;
        dechunker.take();
        if (!isRecord) return this.#messages.message(bytes, start, end);
        rows.push(this.#messages.record(bytes, start, end));
      }
    } catch (error) {
      // The records before a malformed one are whole: they go first.
      this.#failure = error as PackStreamError;
      if (rows.length === 0) throw error;
    }
    return rows.length === 0 ? undefined : new RowBatch(rows, this.#profile);
  }
}
