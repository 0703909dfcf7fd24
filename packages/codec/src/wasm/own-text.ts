/** Gives the parts of a text. A string does, but then its longer parts keep the whole of it alive. */
export interface TextParts {
  substring(start: number, end: number): string;
}

/** V8 copies shorter parts of a string; of longer ones it notes where they lie in the whole. */
const leastShared = 13;

/** A text whose parts are strings of their own: see docs/strings-and-memory.md. */
export class OwnText implements TextParts {
  readonly #whole: string;
  readonly #decode: (start: number, end: number) => string;

  /** @param decode makes a part from the bytes. */
  constructor(whole: string, decode: (start: number, end: number) => string) {
    this.#whole = whole;
    this.#decode = decode;
  }

  substring(start: number, end: number): string {
    return end - start < leastShared ? this.#whole.substring(start, end) : this.#decode(start, end);
  }
}
