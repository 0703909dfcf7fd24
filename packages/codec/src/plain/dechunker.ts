import { PackStreamError } from "@fulgur/neo4j-types";

/** Beyond this the buffer is given back once it is empty: one huge message must not hold memory for good. */
const maxIdleCapacity = 1 << 20;
const headerSize = 2;

/**
 * Takes the chunk headers away: bytes in, cut anywhere, and the ranges of whole messages out. A message in one chunk,
 * as nearly all are, is not moved; the chunks of others are moved together in place.
 */
export class Dechunker {
  /** Holds the message that {@link peek} found, from {@link start} up to {@link end}, until the next push. */
  bytes = new Uint8Array(0x1_0000);
  start = 0;
  end = 0;
  /** How many NOOPs have been passed over. */
  noops = 0;

  /** Where the bytes end that have been pushed. */
  #filled = 0;
  /** Where the next chunk header begins. */
  #next = 0;
  /** Where the current message's bytes, moved together so far, begin and end. */
  #bodyStart = 0;
  #bodyEnd = 0;
  #inMessage = false;
  #found = false;

  /** Adds a copy of the bytes. */
  push(bytes: Uint8Array): void {
    const from = this.#inMessage || this.#found ? this.#bodyStart : this.#next;
    const kept = this.#filled - from;
    if (from > 0 && (kept === 0 || this.#filled + bytes.length > this.bytes.length)) this.#moveToFront(from);
    if (this.#filled + bytes.length > this.bytes.length) this.#grow(this.#filled + bytes.length);
    else if (kept === 0 && this.bytes.length > maxIdleCapacity && bytes.length <= maxIdleCapacity) {
      this.bytes = new Uint8Array(Math.max(0x1_0000, bytes.length));
    }
    this.bytes.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** Passes over the message that {@link peek} found. */
  take(): void {
    this.#found = false;
  }

  /** Where the chunk header behind the last message stands in {@link bytes}; -1 while a message is being put together. */
  get untouchedStart(): number {
    return this.#inMessage || this.#found ? -1 : this.#next;
  }

  /** Where the bytes end that have been pushed. */
  get untouchedEnd(): number {
    return this.#filled;
  }

  /** Passes over whole messages, up to `position`, which someone else has read; `noops` were between them. */
  passTo(position: number, noops: number): void {
    this.#next = position;
    this.noops += noops;
  }

  /** Finds the next whole message, the same until it is taken; false if more bytes are needed. */
  peek(): boolean {
    if (this.#found) return true;
    const { bytes } = this;
    for (;;) {
      const at = this.#next;
      if (at + headerSize > this.#filled) return false;
      const size = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
      if (size === 0) {
        this.#next = at + headerSize;
        if (!this.#inMessage) {
          this.noops++;
          continue;
        }
        this.#inMessage = false;
        this.start = this.#bodyStart;
        this.end = this.#bodyEnd;
        this.#found = true;
        return true;
      }
      const chunk = at + headerSize;
      if (chunk + size > this.#filled) return false;
      if (this.#inMessage) {
        bytes.copyWithin(this.#bodyEnd, chunk, chunk + size);
        this.#bodyEnd += size;
      } else {
        this.#inMessage = true;
        this.#bodyStart = chunk;
        this.#bodyEnd = chunk + size;
      }
      this.#next = chunk + size;
    }
  }

  /**
   * Says that no more bytes will come.
   *
   * @throws PackStreamError if they ended within a message; the offset is where in it.
   */
  finish(): void {
    const body = this.#inMessage ? this.#bodyEnd - this.#bodyStart : 0;
    const left = this.#filled - this.#next;
    if (this.#inMessage || left > 0) {
      throw new PackStreamError("the bytes end within a message", body + Math.max(0, left - headerSize));
    }
  }

  #moveToFront(from: number): void {
    this.bytes.copyWithin(0, from, this.#filled);
    this.#filled -= from;
    this.#next -= from;
    this.#bodyStart -= from;
    this.#bodyEnd -= from;
    this.start -= from;
    this.end -= from;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.#filled));
    this.bytes = larger;
  }
}
