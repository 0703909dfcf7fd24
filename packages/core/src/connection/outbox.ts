/** Gathers what is to be sent, and gives it away once, at the end of the tick. */
export class Outbox {
  readonly #send: (chunks: readonly Uint8Array[]) => void;
  #chunks: Uint8Array[] = [];

  constructor(send: (chunks: readonly Uint8Array[]) => void) {
    this.#send = send;
  }

  add(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    if (this.#chunks.length === 1) queueMicrotask(() => this.flush());
  }

  /** Gives it away now. */
  flush(): void {
    if (this.#chunks.length === 0) return;
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#send(chunks);
  }
}
