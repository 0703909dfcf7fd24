/** Kept for the messages to come: as many as a driver has under way whose batches fill two connections, and no more memory than this. */
const mostSpare = 4;
const mostSpareBytes = 1 << 22;

/**
 * The buffers of large messages. A message has its buffer for itself, and who has sent it may give it back: V8 counts such memory, which
 * is outside its heap, and would rather collect the whole heap than hold many of them.
 */
export class LargeBuffers {
  readonly #spare: Uint8Array[] = [];
  #spareBytes = 0;
  /** By the message, as it was handed out, its buffer. What was given back once isn't known any more. */
  readonly #lent = new WeakMap<Uint8Array, Uint8Array>();

  /**
   * A buffer of at least so many bytes, with anything in it.
   *
   * @param usual so many will do if there is none to spare.
   */
  take(least: number, usual: number): Uint8Array {
    const at = this.#spare.findIndex(({ length }) => length >= least);
    if (at < 0) return new Uint8Array(Math.max(least, usual));
    const [buffer] = this.#spare.splice(at, 1) as [Uint8Array];
    this.#spareBytes -= buffer.length;
    return buffer;
  }

  /** Remembers whose buffer it is. */
  lend(message: Uint8Array, buffer: Uint8Array): void {
    this.#lent.set(message, buffer);
  }

  /** Takes the buffer of a message back, if it has one of its own and still has it. */
  release(message: Uint8Array): void {
    const buffer = this.#lent.get(message);
    if (buffer === undefined) return;
    this.#lent.delete(message);
    this.keep(buffer);
  }

  /** Keeps a buffer that nobody refers to; those kept longest make room. */
  keep(buffer: Uint8Array): void {
    if (buffer.length > mostSpareBytes) return;
    this.#spare.push(buffer);
    this.#spareBytes += buffer.length;
    while (this.#spare.length > mostSpare || this.#spareBytes > mostSpareBytes) {
      this.#spareBytes -= (this.#spare.shift() as Uint8Array).length;
    }
  }
}
