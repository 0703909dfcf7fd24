/** Requests to bookmark managers; their callbacks are questions to the suite. */
import { type BookmarkManagerConfig, bookmarkManager } from "@fulgur/neo4j-driver";
import type { Handlers } from "../requests.ts";

interface NewBookmarkManagerData {
  readonly initialBookmarks: readonly string[] | null;
  readonly bookmarksSupplierRegistered: boolean;
  readonly bookmarksConsumerRegistered: boolean;
}

export const bookmarkManagerRequests: Handlers = {
  NewBookmarkManager(data: NewBookmarkManagerData, conversation) {
    let id = "";
    const config: BookmarkManagerConfig = {
      initialBookmarks: data.initialBookmarks ?? [],
      bookmarksSupplier: data.bookmarksSupplierRegistered ? supply : undefined,
      bookmarksConsumer: data.bookmarksConsumerRegistered ? consume : undefined,
    };
    async function supply() {
      const reply = await conversation.ask<{ bookmarks: string[] }>("BookmarksSupplierRequest", {
        bookmarkManagerId: id,
      });
      return reply.bookmarks;
    }
    async function consume(bookmarks: Iterable<string>) {
      await conversation.ask("BookmarksConsumerRequest", { bookmarkManagerId: id, bookmarks: [...bookmarks] });
    }
    id = conversation.bookmarkManagers.add(bookmarkManager(config));
    return { name: "BookmarkManager", data: { id } };
  },

  BookmarkManagerClose({ id }: { id: string }, { bookmarkManagers }) {
    bookmarkManagers.delete(id);
    return { name: "BookmarkManager", data: { id } };
  },
};
