/** A seeded generator (mulberry32): every run, on every machine, measures the same bytes. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number in [low, high]. */
  whole(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick(values) {
    return values[this.whole(0, values.length - 1)];
  }

  /** Lower-case ASCII letters. */
  word(low, high) {
    let text = "";
    for (let left = this.whole(low, high); left > 0; left--) text += String.fromCharCode(this.whole(97, 122));
    return text;
  }
}
