/** The column names of a result, made once for all of its records. */
export class RecordHeader {
  readonly keys: readonly string[];
  /** Where a name is; the first of duplicates. */
  readonly index: ReadonlyMap<string, number>;

  constructor(keys: readonly string[]) {
    this.keys = Object.freeze([...keys]);
    const index = new Map<string, number>();
    for (const [at, key] of keys.entries()) if (!index.has(key)) index.set(key, at);
    this.index = index;
  }
}
