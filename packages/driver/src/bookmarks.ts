/** Bookmarks: which states of the database work must have seen. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import { inspect } from "@fulgur/neo4j-types";

/** An immutable set of bookmarks. Hand it from one session to another to chain them. (BKM-01 to BKM-05) */
export class Bookmarks implements Iterable<string> {
  readonly #values: readonly string[];

  private constructor(values: Iterable<string>) {
    this.#values = Object.freeze([...new Set(values)]);
    Object.freeze(this);
  }

  static readonly empty: Bookmarks = new Bookmarks([]);

  /** The union of several. Throws a TypeError for what isn't a Bookmarks. (BKM-03) */
  static combine(...all: Bookmarks[]): Bookmarks {
    for (const bookmarks of all) {
      if (!(bookmarks instanceof Bookmarks)) {
        throw new TypeError("Only Bookmarks can be combined; make them of strings by Bookmarks.fromRawValues().");
      }
    }
    return new Bookmarks(all.flatMap((bookmarks) => [...bookmarks]));
  }

  /** The union of these and others. (BKM-03) */
  plus(other: Bookmarks): Bookmarks {
    return Bookmarks.combine(this, other);
  }

  /**
   * For values that were stored somewhere; a lone string is one bookmark. (BKM-05)
   *
   * @throws TypeError when a value isn't a string of ASCII characters
   */
  static fromRawValues(values: Iterable<string>): Bookmarks {
    const list = typeof values === "string" ? [values] : [...values];
    for (const value of list) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant
      if (typeof value !== "string" || !/^[\x00-\x7f]*$/.test(value)) {
        throw new TypeError("A bookmark must be a string of ASCII characters, as a server gave it.");
      }
    }
    return list.length === 0 ? Bookmarks.empty : new Bookmarks(list);
  }

  get size(): number {
    return this.#values.length;
  }

  get isEmpty(): boolean {
    return this.#values.length === 0;
  }

  /** The bookmarks as strings, for storing them. (BKM-04) */
  get rawValues(): ReadonlySet<string> {
    return new Set(this.#values);
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#values[Symbol.iterator]();
  }

  toJSON(): string[] {
    return [...this.#values];
  }

  [inspect](): string {
    return `Bookmarks [${this.#values.map((value) => JSON.stringify(value)).join(", ")}]`;
  }
}

/** @throws ConfigurationError for anything but a `Bookmarks` */
export function checkBookmarks(value: unknown): Bookmarks {
  if (value === undefined || value === null) return Bookmarks.empty;
  if (value instanceof Bookmarks) return value;
  throw new ConfigurationError(
    "The option `bookmarks` must be a Bookmarks object, as session.lastBookmarks() gives; make one of strings by Bookmarks.fromRawValues().",
    { option: "bookmarks" },
  );
}
