/** Connections that have left the pool: they count nowhere any more, nobody waits for them, and they are ended in order. */
import type { Poolable } from "./shelf.ts";

export class Farewells<C extends Poolable> {
  readonly #end: (connection: C) => Promise<void>;
  readonly #leaving = new Set<C>();

  /** @param end ends a connection in order; never rejects */
  constructor(end: (connection: C) => Promise<void>) {
    this.#end = end;
  }

  begin(connection: C): void {
    this.#leaving.add(connection);
    void this.#end(connection).then(() => this.#leaving.delete(connection));
  }

  /** No more time is given to those that haven't gone yet. */
  cut(error: Error): void {
    for (const connection of this.#leaving) connection.destroy(error);
  }
}
