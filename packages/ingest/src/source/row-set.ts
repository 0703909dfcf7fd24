/** Some rows, however they lie in memory: what batches are cut from and sent as. */

export interface RowSet {
  readonly length: number;
  /** What the driver sends as `$rows`. */
  readonly parameter: unknown;
  /** A row as an object, for who wants to see it. */
  row(index: number): unknown;
  /** One field of a row. */
  value(index: number, field: string): unknown;
  slice(from: number, to: number): RowSet;
  pick(indices: ArrayLike<number>): RowSet;
  /** These rows and others behind them, of the same kind. */
  concat(more: readonly RowSet[]): RowSet;
}

/** Rows that are objects. They are sent as they are, without a copy of any. */
export class ObjectRows implements RowSet {
  readonly rows: readonly unknown[];

  constructor(rows: readonly unknown[]) {
    this.rows = rows;
  }

  get length(): number {
    return this.rows.length;
  }

  get parameter(): unknown {
    return this.rows;
  }

  row(index: number): unknown {
    return this.rows[index];
  }

  value(index: number, field: string): unknown {
    const row = this.rows[index];
    return row instanceof Map ? row.get(field) : (row as { [field: string]: unknown } | null | undefined)?.[field];
  }

  slice(from: number, to: number): ObjectRows {
    return from === 0 && to >= this.length ? this : new ObjectRows(this.rows.slice(from, to));
  }

  pick(indices: ArrayLike<number>): ObjectRows {
    const { length } = indices;
    const picked = new Array<unknown>(length);
    for (let i = 0; i < length; i++) picked[i] = this.rows[indices[i] as number];
    return new ObjectRows(picked);
  }

  concat(more: readonly RowSet[]): ObjectRows {
    return new ObjectRows(this.rows.concat(...more.map((others) => (others as ObjectRows).rows)));
  }
}
