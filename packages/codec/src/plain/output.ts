const slabSize = 1 << 15;
/** Message sizes: two bytes of header before each chunk, and as many zeros after the last. */
const headerSize = 2;
const maxChunk = 0xffff;

/**
 * Growing output of one message or value at a time. What it hands out is never written again: small messages are cut
 * from a shared slab, one after the other.
 */
export class Output {
  bytes = new Uint8Array(slabSize);
  view = new DataView(this.bytes.buffer);
  /** Where the next byte goes. */
  position = 0;
  #start = 0;

  /** Begins a message or value; room is left for the header of a message's first chunk. */
  begin(): void {
    this.#start = this.position;
    if (this.bytes.length - this.position < 256) this.#replace(slabSize);
    this.position += headerSize;
  }

  /** Makes room for so many more bytes. */
  ensure(length: number): void {
    if (this.position + length > this.bytes.length) {
      const used = this.position - this.#start;
      this.#replace(Math.max(slabSize, used * 2, used + length + headerSize));
    }
  }

  /** How many bytes were written since {@link begin}. Positions move when the buffer grows, this doesn't. */
  get written(): number {
    return this.position - this.#start;
  }

  /** What was written since {@link begin}. */
  takeValue(): Uint8Array {
    return this.bytes.subarray(this.#start + headerSize, this.position);
  }

  /** What was written since {@link begin}, in chunks, closed by an empty one. */
  takeMessage(): Uint8Array {
    const size = this.position - this.#start - headerSize;
    if (size > maxChunk) return this.#manyChunks(size);
    this.ensure(headerSize);
    this.view.setUint16(this.#start, size);
    this.view.setUint16(this.position, 0);
    this.position += headerSize;
    return this.bytes.subarray(this.#start, this.position);
  }

  /** Forgets what was written since {@link begin}. */
  drop(): void {
    this.position = this.#start;
  }

  #manyChunks(size: number): Uint8Array {
    const body = this.takeValue();
    const chunks = Math.ceil(size / maxChunk);
    const message = new Uint8Array(size + headerSize * (chunks + 1));
    let at = 0;
    for (let from = 0; from < size; from += maxChunk) {
      const chunk = body.subarray(from, Math.min(size, from + maxChunk));
      message[at] = chunk.length >> 8;
      message[at + 1] = chunk.length & 0xff;
      message.set(chunk, at + headerSize);
      at += headerSize + chunk.length;
    }
    // The body was copied: its place is free again.
    this.position = this.#start;
    if (this.bytes.length > slabSize * 32) this.#replace(slabSize);
    return message;
  }

  #replace(size: number): void {
    const used = this.bytes.subarray(this.#start, this.position);
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
    this.bytes.set(used);
    this.position = used.length;
    this.#start = 0;
  }
}
