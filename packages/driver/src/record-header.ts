/** The column names of a result, made once for all of its records. */
export class RecordHeader {
  readonly keys: readonly string[];
  #index: Map<string, number> | undefined;

  constructor(keys: readonly string[]) {
    this.keys = Object.freeze([...keys]);
  }

  /** Where a name is; the first of duplicates. Made when the first record is asked for a name. */
  get index(): ReadonlyMap<string, number> {
    if (this.#index === undefined) {
      this.#index = new Map();
      for (const [at, key] of this.keys.entries()) if (!this.#index.has(key)) this.#index.set(key, at);
    }
    return this.#index;
  }
}
