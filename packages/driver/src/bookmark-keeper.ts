/** The bookmarks of one session, or of one query by itself: its own and those of its manager. */
import { DriverError } from "@fulgur/neo4j-core";
import { type BookmarkManager, bookmarksOf, updateBookmarksOf } from "./bookmark-manager.ts";
import { Bookmarks } from "./bookmarks.ts";

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
    const all = (shared: Iterable<string>) =>
      this.#own.isEmpty ? [...new Set(shared)] : [...new Set([...this.#own, ...shared])];
    const shared = bookmarksOf(this.#manager);
    return isPromiseLike(shared) ? Promise.resolve(shared).then(all) : all(shared);
  }

  /**
   * Not a promise when nobody has to be told.
   *
   * @throws DriverError when the manager fails, which changes nothing about the commit (BKM-15)
   */
  received(bookmark: string | undefined, sent: readonly string[]): void | Promise<void> {
    if (bookmark === undefined || bookmark === "") return;
    this.#last = Bookmarks.fromRawValues([bookmark]);
    this.#own = this.#manager === undefined ? this.#last : Bookmarks.empty;
    if (this.#manager === undefined) return undefined;
    try {
      const told = updateBookmarksOf(this.#manager, sent, [bookmark]);
      return isPromiseLike(told) ? Promise.resolve(told).catch(notTaken) : undefined;
    } catch (cause) {
      notTaken(cause);
    }
  }
}

/** Throws an error of a class that is not retryable, whatever the manager threw: the work is done, and must not be done again. */
function notTaken(cause: unknown): never {
  throw new DriverError(
    "The transaction is committed, but the bookmark manager failed to take its bookmark; the cause says why.",
    { cause },
  );
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined)?.then === "function";
}
