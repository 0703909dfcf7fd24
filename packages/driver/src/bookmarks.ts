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

  /** The union of several. (BKM-03) */
  static combine(...all: Bookmarks[]): Bookmarks {
    return new Bookmarks(all.flatMap((bookmarks) => [...bookmarks]));
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

/** Keeps the bookmarks that several sessions share. Its methods may be called at any time, in any order. (BKM-08) */
export interface BookmarkManager {
  /** What the next transaction must have seen. */
  getBookmarks(): Iterable<string> | Promise<Iterable<string>>;
  /** A transaction that had seen `previous` has made `next`. */
  updateBookmarks(previous: Iterable<string>, next: Iterable<string>): void | Promise<void>;
}

export interface BookmarkManagerConfig {
  readonly initialBookmarks?: Bookmarks | Iterable<string> | undefined;
  /** More bookmarks at each `getBookmarks`; they aren't kept. */
  readonly bookmarksSupplier?: (() => Iterable<string> | Promise<Iterable<string>>) | undefined;
  /** Told the whole new set after each update. What it throws reaches whoever committed, who has committed. */
  readonly bookmarksConsumer?: ((bookmarks: Bookmarks) => void | Promise<void>) | undefined;
}

/**
 * The default manager: sessions that share it see each other's writes. Every transaction then waits until its server
 * has caught up with all of them. (BKM-09, BKM-10, BKM-14)
 */
export function bookmarkManager(config: BookmarkManagerConfig = {}): BookmarkManager {
  const { initialBookmarks, bookmarksSupplier, bookmarksConsumer } = config;
  const known = new Set<string>(initialBookmarks === undefined ? [] : Bookmarks.fromRawValues([...initialBookmarks]));
  return {
    async getBookmarks() {
      const supplied = await bookmarksSupplier?.();
      return new Set([...known, ...(supplied ?? [])]);
    },
    async updateBookmarks(previous, next) {
      const added = [...next];
      if (added.length === 0) return;
      for (const bookmark of previous) known.delete(bookmark);
      for (const bookmark of added) known.add(bookmark);
      await bookmarksConsumer?.(Bookmarks.fromRawValues(known));
    },
  };
}

/** What one session has to send and has learnt. (BKM-11, BKM-13) */
export class BookmarkKeeper {
  readonly #manager: BookmarkManager | undefined;
  /** What the user gave, until the first success; without a manager also what came after it. */
  #own: Bookmarks;
  #last: Bookmarks;

  constructor(initial: Bookmarks, manager: BookmarkManager | undefined) {
    this.#own = initial;
    this.#last = initial;
    this.#manager = manager;
  }

  get last(): Bookmarks {
    return this.#last;
  }

  /** What goes into BEGIN or RUN. Not a promise when nobody has to be asked, so that a query leaves in the same tick. */
  toSend(): readonly string[] | Promise<readonly string[]> {
    if (this.#manager === undefined) return [...this.#own];
    return Promise.resolve(this.#manager.getBookmarks()).then((shared) => [...new Set([...this.#own, ...shared])]);
  }

  async received(bookmark: string | undefined, sent: readonly string[]): Promise<void> {
    if (bookmark === undefined || bookmark === "") return;
    this.#last = Bookmarks.fromRawValues([bookmark]);
    this.#own = this.#manager === undefined ? this.#last : Bookmarks.empty;
    await this.#manager?.updateBookmarks(sent, [bookmark]);
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
