import { LargeBuffers } from "./large-buffers.ts";

const slabSize = 1 << 15;
/** Two bytes of size before each chunk, and as many zeros after the last. */
const headerSize = 2;
const maxChunk = 0xffff;
/** A chunk and its header: where each of a message's chunks begins follows from its number. */
const chunkStride = maxChunk + headerSize;

/**
 * Growing output of one message or value at a time, a message in chunks from the start: nothing is copied into them
 * afterwards. A value may be written beyond its chunk's end; the next one that asks for room moves what lies beyond up
 * by the new chunk's header. Small ones are cut from a shared slab, one after the other, and what was handed out is never
 * written again; one that is larger than the slab has a buffer of its own, which may be given back.
 */
export class Output {
  bytes: Uint8Array = new Uint8Array(slabSize);
  view: DataView = new DataView(this.bytes.buffer);
  /** Where the next byte goes. */
  position = 0;
  #start = 0;
  /** Where the present chunk ends at the latest; infinite for a value, which has no chunks. */
  #chunkEnd = Number.POSITIVE_INFINITY;
  /** Up to here writing needs no thought. */
  #limit = slabSize;
  /** What small messages are cut from, and where the next one begins. */
  #slab: Uint8Array = this.bytes;
  #slabPosition = 0;
  readonly #large = new LargeBuffers();
  /** Bytes of the last large one: the next one is likely as large. */
  #usual = 0;

  /** Begins a value, which has no chunks. */
  beginValue(): void {
    this.#begin(Number.POSITIVE_INFINITY);
  }

  /** Begins a message. */
  beginMessage(): void {
    this.#begin(chunkStride);
  }

  /** Makes room for so many more bytes, one after the other. */
  ensure(length: number): void {
    if (this.position + length > this.#limit) this.#makeRoom(length);
  }

  /** Remembers this place of the message or value for {@link backTo} and {@link bytesSince}. */
  mark(): number {
    this.#settle();
    return this.position - this.#start;
  }

  /** Forgets what was written since a mark. */
  backTo(mark: number): void {
    this.position = this.#start + mark;
    if (this.#chunkEnd === Number.POSITIVE_INFINITY) return;
    this.#chunkEnd = this.#start + Math.ceil(mark / chunkStride) * chunkStride;
    this.#limit = Math.min(this.#chunkEnd, this.bytes.length);
  }

  /** A copy of what was written since a mark, without the chunks' headers. */
  bytesSince(mark: number): Uint8Array {
    this.#settle();
    let from = this.#addressOf(mark);
    const copy = new Uint8Array(Math.max(0, this.position - from));
    let length = 0;
    while (from < this.position) {
      const end = this.#chunkEnd === Number.POSITIVE_INFINITY ? this.position : this.#chunkEndOf(from);
      const piece = this.bytes.subarray(from, Math.min(end, this.position));
      copy.set(piece, length);
      length += piece.length;
      from = end + headerSize;
    }
    return copy.subarray(0, length);
  }

  /** Writes over the one byte at a mark. */
  patch(mark: number, byte: number): void {
    this.#settle();
    this.bytes[this.#addressOf(mark)] = byte;
  }

  /** Writes bytes that are there already, straight into the chunks. */
  append(source: Uint8Array): void {
    const { length } = source;
    this.ensure(length);
    let from = 0;
    for (;;) {
      const room = Math.min(length - from, this.#chunkEnd - this.position);
      this.bytes.set(room === length ? source : source.subarray(from, from + room), this.position);
      this.position += room;
      from += room;
      if (from === length) return;
      this.#closeFullChunk();
      this.position += headerSize;
    }
  }

  /** What was written since {@link beginValue}. */
  takeValue(): Uint8Array {
    return this.#handOut(this.#start + headerSize);
  }

  /** The same, but only until something is written again: it isn't handed out. */
  peekValue(): Uint8Array {
    return this.bytes.subarray(this.#start + headerSize, this.position);
  }

  /** What was written since {@link beginMessage}, in chunks, closed by an empty one. */
  takeMessage(): Uint8Array {
    this.#settle();
    if (this.position + headerSize > this.bytes.length) this.#grow(headerSize);
    const chunk = this.#chunkEnd - maxChunk;
    this.view.setUint16(chunk - headerSize, this.position - chunk);
    this.view.setUint16(this.position, 0);
    this.position += headerSize;
    return this.#handOut(this.#start);
  }

  /** Takes the buffer of a large message or value back, to be written over; what has none of its own is let alone. */
  release(taken: Uint8Array): void {
    this.#large.release(taken);
  }

  /** Forgets what was written since it began. */
  drop(): void {
    if (this.bytes !== this.#slab) {
      this.#large.keep(this.bytes);
      this.#backToSlab();
    }
    this.position = this.#start;
    this.#chunkEnd = Number.POSITIVE_INFINITY;
    this.#limit = this.bytes.length;
  }

  #begin(stride: number): void {
    if (this.bytes.length - this.position < 256) this.#newSlab();
    this.#start = this.position;
    this.#slabPosition = this.position;
    this.#chunkEnd = this.#start + stride;
    this.#limit = Math.min(this.#chunkEnd, this.bytes.length);
    this.position += headerSize;
  }

  #handOut(from: number): Uint8Array {
    const taken = this.bytes.subarray(from, this.position);
    if (this.bytes !== this.#slab) {
      this.#usual = taken.length;
      this.#large.lend(taken, this.bytes);
      this.#backToSlab();
    }
    return taken;
  }

  #newSlab(): void {
    this.#slab = new Uint8Array(slabSize);
    this.#slabPosition = 0;
    this.#backToSlab();
  }

  /** To where the message or value had begun before it became too large. */
  #backToSlab(): void {
    this.bytes = this.#slab;
    this.view = new DataView(this.bytes.buffer);
    this.#start = this.#slabPosition;
    this.position = this.#slabPosition;
  }

  #makeRoom(length: number): void {
    this.#settle();
    // The headers of the chunks that these bytes may need find room as well.
    const needed = length + headerSize * (Math.floor(length / maxChunk) + 2);
    if (this.position + needed > this.bytes.length) this.#grow(needed);
  }

  #grow(needed: number): void {
    const used = this.position - this.#start;
    const size = Math.max(used * 2, used + needed);
    const isSmall = size <= slabSize;
    const bytes = isSmall ? new Uint8Array(slabSize) : this.#large.take(size, this.#usual + (this.#usual >> 2));
    bytes.set(this.bytes.subarray(this.#start, this.position));
    if (isSmall) {
      this.#slab = bytes;
      this.#slabPosition = 0;
    } else if (this.bytes !== this.#slab) {
      this.#large.keep(this.bytes);
    }
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    this.position = used;
    this.#chunkEnd -= this.#start;
    this.#limit = Math.min(this.#chunkEnd, bytes.length);
    this.#start = 0;
  }

  /** Puts what was written beyond the chunk's end into chunks of its own. */
  #settle(): void {
    const beyond = this.position - this.#chunkEnd;
    if (beyond <= 0) return;
    const end = this.#chunkEnd;
    const chunks = Math.ceil(beyond / maxChunk);
    // The last one first: what moves never covers what is still to be moved.
    for (let i = chunks - 1; i >= 0; i--) {
      const from = end + i * maxChunk;
      this.bytes.copyWithin(from + headerSize * (i + 1), from, Math.min(from + maxChunk, this.position));
    }
    this.position += chunks * headerSize;
    for (let i = 0; i < chunks; i++) this.#closeFullChunk();
  }

  #closeFullChunk(): void {
    this.view.setUint16(this.#chunkEnd - chunkStride, maxChunk);
    this.#chunkEnd += chunkStride;
    this.#limit = Math.min(this.#chunkEnd, this.bytes.length);
  }

  #chunkEndOf(address: number): number {
    return this.#start + Math.ceil((address - this.#start + 1) / chunkStride) * chunkStride;
  }

  /** What was to be written at the very end of a full chunk stands behind the next one's header. */
  #addressOf(mark: number): number {
    const inNextChunk = this.#chunkEnd !== Number.POSITIVE_INFINITY && mark % chunkStride === 0;
    return this.#start + mark + (inNextChunk ? headerSize : 0);
  }
}
