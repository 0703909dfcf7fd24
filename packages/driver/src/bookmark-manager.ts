/** What keeps bookmarks for several sessions: the interface, and the usual one. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import { Bookmarks } from "./bookmarks.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

/** Keeps the bookmarks that several sessions share. Its methods may be called at any time, in any order. (BKM-08) */
export interface BookmarkManager {
  /** What the next transaction must have seen. */
  getBookmarks(): Iterable<string> | Promise<Iterable<string>>;
  /** A transaction that had seen `previous` has made `next`. */
  updateBookmarks(previous: Iterable<string>, next: Iterable<string>): void | Promise<void>;
}

export interface BookmarkManagerConfig {
  readonly initialBookmarks?: Bookmarks | Iterable<string> | undefined;
  /** More bookmarks at each `getBookmarks`; they aren't kept. When it fails, so does what needed them, before anything is sent. */
  readonly bookmarksSupplier?: (() => Iterable<string> | Promise<Iterable<string>>) | undefined;
  /**
   * Told the whole new set after each update. When it fails, whoever committed gets a DriverError with that as its `cause`: the
   * transaction is committed all the same, and is not tried again. (BKM-15)
   */
  readonly bookmarksConsumer?: ((bookmarks: Bookmarks) => void | Promise<void>) | undefined;
}

/**
 * The default manager: sessions that share it see each other's writes. Every transaction then waits until its server
 * has caught up with all of them, also with those that don't matter to it; one session by itself sees its own writes without. Its
 * methods may be called at the same time. (BKM-09, BKM-10, BKM-14, ASY-04)
 *
 * @throws ConfigurationError for an option that doesn't exist or isn't a function, TypeError for a bookmark that isn't one
 */
export function bookmarkManager(given?: BookmarkManagerConfig | null): BookmarkManager {
  const config = given ?? {};
  if (typeof config !== "object") throw new ConfigurationError("A bookmark manager's configuration must be an object.");
  refuseUnknownKeys(config, ["initialBookmarks", "bookmarksSupplier", "bookmarksConsumer"], "bookmark manager");
  const { initialBookmarks } = config;
  const bookmarksSupplier = checkedFunction("bookmarksSupplier", config.bookmarksSupplier);
  const bookmarksConsumer = checkedFunction("bookmarksConsumer", config.bookmarksConsumer);
  const known = new Set<string>(Bookmarks.fromRawValues(initialBookmarks ?? []));
  const update = (previous: Iterable<string>, next: Iterable<string>): boolean => {
    const added = [...next];
    for (const bookmark of added.length === 0 ? [] : previous) known.delete(bookmark);
    for (const bookmark of added) known.add(bookmark);
    return added.length > 0;
  };
  const manager: BookmarkManager = {
    async getBookmarks() {
      const supplied = await bookmarksSupplier?.();
      return new Set([...known, ...(supplied ?? [])]);
    },
    async updateBookmarks(previous, next) {
      if (update(previous, next)) await bookmarksConsumer?.(Bookmarks.fromRawValues(known));
    },
  };
  // Nobody else is to be asked, or told.
  if (bookmarksSupplier === undefined) atOnce.set(manager.getBookmarks, () => known);
  if (bookmarksConsumer === undefined) atOnce.set(manager.updateBookmarks, update);
  return manager;
}

/** What methods of the usual manager do, without a promise. By the method: who puts another one in its place has that one called. */
const atOnce = /* @__PURE__ */ new WeakMap<object, unknown>();

/** A manager's bookmarks, at once where it is the usual one and has nobody to ask. */
export function bookmarksOf(manager: BookmarkManager): Iterable<string> | Promise<Iterable<string>> {
  const get = atOnce.get(manager.getBookmarks) as (() => Iterable<string>) | undefined;
  return get === undefined ? manager.getBookmarks() : get();
}

/** Tells a manager of a transaction, at once where it is the usual one and has nobody to tell. */
export function updateBookmarksOf(
  manager: BookmarkManager,
  previous: Iterable<string>,
  next: Iterable<string>,
): void | Promise<void> {
  const update = atOnce.get(manager.updateBookmarks) as
    | ((...given: [typeof previous, typeof next]) => void)
    | undefined;
  if (update === undefined) return manager.updateBookmarks(previous, next);
  update(previous, next);
}

function checkedFunction<F extends (...given: never[]) => unknown>(
  option: string,
  value: F | undefined,
): F | undefined {
  if (value === undefined || value === null || typeof value === "function") return value;
  throw new ConfigurationError(`The option \`${option}\` must be a function, not ${typeof value}.`, { option });
}
