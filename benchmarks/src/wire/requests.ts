/** The start of a request: enough to know what is asked, for a server that doesn't care for a batch's rows. */
export interface RequestHead {
  /** The message without its chunks' headers, or its start. */
  readonly head: Uint8Array;
  /** How long the message is. */
  readonly length: number;
}

const kept = 16_384;

/** Takes a client's chunks apart, quickly: a replay server should cost as little as it can. */
export class RequestSplitter {
  #head = new Uint8Array(kept);
  #length = 0;
  /** Bytes of the chunk still to come; -1: its header comes next. */
  #left = -1;
  #header: number | undefined;

  *push(bytes: Uint8Array): Iterable<RequestHead> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left > 0) {
        const part = Math.min(this.#left, bytes.length - at);
        const room = Math.min(part, kept - this.#length);
        if (room > 0) this.#head.set(bytes.subarray(at, at + room), this.#length);
        this.#length += part;
        this.#left -= part;
        at += part;
        continue;
      }
      const byte = bytes[at++] as number;
      if (this.#header === undefined) {
        this.#header = byte;
        continue;
      }
      this.#left = this.#header * 256 + byte;
      this.#header = undefined;
      if (this.#left > 0 || this.#length === 0) continue;
      yield { head: this.#head.subarray(0, Math.min(this.#length, kept)), length: this.#length };
      this.#head = new Uint8Array(kept);
      this.#length = 0;
    }
  }
}
