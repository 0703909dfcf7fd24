import { describe, expect, it } from "vitest";
import { Bookmarks, bookmarkManager } from "../src/index.ts";

describe("bookmarks", () => {
  it("are an immutable set (BKM-01, BKM-02, BKM-04)", () => {
    const bookmarks = Bookmarks.fromRawValues(["a", "b", "a"]);
    expect([bookmarks.size, bookmarks.isEmpty, [...bookmarks]]).toEqual([2, false, ["a", "b"]]);
    expect(bookmarks.rawValues).toEqual(new Set(["a", "b"]));
    (bookmarks.rawValues as Set<string>).add("c");
    expect(bookmarks.size).toBe(2);
    expect(Object.isFrozen(bookmarks)).toBe(true);
    expect(Bookmarks.empty.isEmpty).toBe(true);
  });

  it("go into JSON and come back (BKM-04)", () => {
    const bookmarks = Bookmarks.fromRawValues(["a", "b"]);
    expect(Bookmarks.fromRawValues(JSON.parse(JSON.stringify(bookmarks)))).toEqual(bookmarks);
  });

  it("combine without doubles (BKM-03)", () => {
    const [one, two] = [Bookmarks.fromRawValues(["a", "b"]), Bookmarks.fromRawValues(["b", "c"])];
    expect([...Bookmarks.combine(one, two)]).toEqual(["a", "b", "c"]);
    expect([...one]).toEqual(["a", "b"]);
  });

  it("are made of texts only (BKM-05)", () => {
    expect([...Bookmarks.fromRawValues("lone")]).toEqual(["lone"]);
    expect([...Bookmarks.fromRawValues(new Set(["x"]))]).toEqual(["x"]);
    for (const bad of [[1], ["é"], [undefined]]) {
      expect(() => Bookmarks.fromRawValues(bad as never)).toThrow(TypeError);
    }
  });
});

describe("a bookmark manager", () => {
  it("replaces what was used by what came of it (BKM-10)", async () => {
    const told: string[][] = [];
    const manager = bookmarkManager({
      initialBookmarks: Bookmarks.fromRawValues(["a", "b"]),
      bookmarksConsumer: (bookmarks) => void told.push([...bookmarks]),
    });
    await manager.updateBookmarks(["a"], ["c"]);
    expect([...(await manager.getBookmarks())]).toEqual(["b", "c"]);
    await manager.updateBookmarks(["b"], []);
    expect([...(await manager.getBookmarks())]).toEqual(["b", "c"]);
    expect(told).toEqual([["b", "c"]]);
  });

  it("adds what the supplier knows, without keeping it (BKM-09)", async () => {
    let more = ["x"];
    const manager = bookmarkManager({ initialBookmarks: ["a"], bookmarksSupplier: async () => more });
    expect([...(await manager.getBookmarks())]).toEqual(["a", "x"]);
    more = [];
    expect([...(await manager.getBookmarks())]).toEqual(["a"]);
  });
});
