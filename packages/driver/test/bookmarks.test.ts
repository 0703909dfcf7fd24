import { describe, expect, it } from "vitest";
import * as all from "../src/index.ts";
import { Bookmarks, bookmarkManager, ConfigurationError } from "../src/index.ts";

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

  it("are there under their own name only (BKM-06)", () => {
    expect(Object.keys(all)).toContain("Bookmarks");
    expect(Object.keys(all)).not.toContain("Bookmark");
  });

  it("go into JSON and come back (BKM-04)", () => {
    const bookmarks = Bookmarks.fromRawValues(["a", "b"]);
    expect(Bookmarks.fromRawValues(JSON.parse(JSON.stringify(bookmarks)))).toEqual(bookmarks);
  });

  it("combine without doubles (BKM-03)", () => {
    const [one, two] = [Bookmarks.fromRawValues(["a", "b"]), Bookmarks.fromRawValues(["b", "c"])];
    expect([...Bookmarks.combine(one, two)]).toEqual(["a", "b", "c"]);
    expect([...one.plus(two)]).toEqual(["a", "b", "c"]);
    expect(Bookmarks.combine(one, Bookmarks.empty)).toEqual(one);
    expect(one.plus(Bookmarks.empty)).toEqual(one);
    expect([[...one], [...two]]).toEqual([
      ["a", "b"],
      ["b", "c"],
    ]);
    for (const other of [["a"], "a", undefined]) {
      expect(() => Bookmarks.combine(one, other as never)).toThrow(TypeError);
      expect(() => one.plus(other as never)).toThrow(TypeError);
    }
  });

  it("are made of texts only (BKM-05)", () => {
    expect([...Bookmarks.fromRawValues("lone")]).toEqual(["lone"]);
    expect([...Bookmarks.fromRawValues(new Set(["x"]))]).toEqual(["x"]);
    const generated = (function* () {
      yield "x";
      yield "y";
    })();
    expect([...Bookmarks.fromRawValues(generated)]).toEqual(["x", "y"]);
    for (const bad of [[1], ["é"], [undefined]]) {
      expect(() => Bookmarks.fromRawValues(bad as never)).toThrow(TypeError);
    }
  });
});

describe("a bookmark manager", () => {
  it("has the two methods that others need, and options that are functions (BKM-08, BKM-09)", async () => {
    const manager = bookmarkManager();
    expect(Object.keys(manager).sort()).toEqual(["getBookmarks", "updateBookmarks"]);
    expect([...(await manager.getBookmarks())]).toEqual([]);
    expect(bookmarkManager(null as never)).toBeDefined();
    const wrong = ["x", { bookmarksSupplier: "x" }, { bookmarksConsumer: {} }, { bookmarkSupplier: () => [] }];
    for (const config of wrong) expect(() => bookmarkManager(config as never)).toThrow(ConfigurationError);
    expect(() => bookmarkManager({ initialBookmarks: [1] as never })).toThrow(TypeError);
  });

  it("unites what it was given, in whatever form, with what the supplier says (BKM-09)", async () => {
    const union = new Set(["a", "b", "x"]);
    for (const initialBookmarks of [["a", "b"], new Set(["a", "b"]), Bookmarks.fromRawValues(["a", "b"])]) {
      const manager = bookmarkManager({ initialBookmarks, bookmarksSupplier: () => ["x", "a"] });
      expect(new Set(await manager.getBookmarks())).toEqual(union);
    }
  });

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
