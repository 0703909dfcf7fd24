/** The objects that the suite knows by their ids. */

let lastId = 0;

/** Ids are never used twice in this process: the suite keeps managers of several connections in one table. */
export function newId(): string {
  return String(++lastId);
}

export class Store<T> {
  readonly #what: string;
  readonly #objects = new Map<string, T>();

  constructor(what: string) {
    this.#what = what;
  }

  add(object: T): string {
    const id = newId();
    this.#objects.set(id, object);
    return id;
  }

  get(id: string): T {
    const found = this.#objects.get(id);
    if (found === undefined) throw new Error(`The backend has no ${this.#what} with the id ${id}.`);
    return found;
  }

  delete(id: string): void {
    this.#objects.delete(id);
  }

  values(): Iterable<T> {
    return this.#objects.values();
  }
}
