const slabSize = 1 << 15;
/** Two bytes of size before each chunk, and as many zeros after the last. */
const headerSize = 2;
const maxChunk = 0xffff;
/** A chunk and its header: where each of a message's chunks begins follows from its number. */
const chunkStride = maxChunk + headerSize;
/** A larger buffer isn't kept for the messages to come. */
const largestKept = slabSize * 32;

/**
 * Growing output of one message or value at a time, a message in chunks from the start: nothing is copied into them
 * afterwards. A value may be written beyond its chunk's end; the next one that asks for room moves what lies beyond up
 * by the new chunk's header. What is handed out is never written again: small messages are cut from a shared slab, one
 * after the other.
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
  /** Bytes of the message before: the next one is likely as large. */
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
    this.#usual = this.position - this.#start;
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
    const message = this.bytes.subarray(this.#start, this.position);
    this.#usual = message.length;
    if (this.bytes.length > largestKept) this.#replace(slabSize, 0);
    return message;
  }

  /** Forgets what was written since it began. */
  drop(): void {
    this.position = this.#start;
    this.#chunkEnd = Number.POSITIVE_INFINITY;
    this.#limit = this.bytes.length;
  }

  #begin(stride: number): void {
    const left = this.bytes.length - this.position;
    this.#start = this.position;
    if (left < 256 || (left < this.#usual && this.#usual <= largestKept)) {
      this.#replace(Math.max(slabSize, this.#usual + (this.#usual >> 2)), 0);
    }
    this.#chunkEnd = this.#start + stride;
    this.#limit = Math.min(this.#chunkEnd, this.bytes.length);
    this.position += headerSize;
  }

  #makeRoom(length: number): void {
    this.#settle();
    // The headers of the chunks that these bytes may need find room as well.
    const needed = length + headerSize * (Math.floor(length / maxChunk) + 2);
    if (this.position + needed > this.bytes.length) this.#grow(needed);
  }

  #grow(needed: number): void {
    const used = this.position - this.#start;
    this.#replace(Math.max(slabSize, used * 2, used + needed), used);
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

  #replace(size: number, used: number): void {
    const kept = this.bytes.subarray(this.#start, this.#start + used);
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
    this.bytes.set(kept);
    this.position = used;
    this.#chunkEnd -= this.#start;
    this.#limit = Math.min(this.#chunkEnd, size);
    this.#start = 0;
  }
}
