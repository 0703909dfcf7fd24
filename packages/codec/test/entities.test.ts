import { Node, Point } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, engines, expectSame, replies } from "./engines.ts";

describe.each(engines)("nodes in the %s engine", (engine) => {
  it("have an identity on every version; one that is null breaks its field only (GRA-05, GRA-07, GRA-08)", () => {
    const old = codec({ engine, version: "4.4" }).decodeValue(bytesOf("b34e 2a 90 a0"));
    expect(old).toEqual(new Node(42, [], {}, "42"));
    const native = codec({ engine, version: "5.0" });
    expect(native.decodeValue(bytesOf("b44e 2a 90 a0 87343a757569643a"))).toEqual(new Node(42, [], {}, "4:uuid:"));
    const row = "b171 92 b44e c0 90 a0 8131 01";
    const [seen] = replies(native, [chunked(bytesOf(row))], ["n", "i"]) as [{ row: [{ cause: Error }, number] }];
    expect([seen.row[0].cause.message, seen.row[1]]).toEqual([expect.stringContaining("has to be an integer"), 1]);
  });

  it("hold points as properties (SPA-07)", () => {
    const each = codec({ engine });
    const node = new Node(1, ["Place"], { at: new Point(4326, 12.5, 55.5), route: [new Point(7203, 1, 2)] }, "4:x:1");
    expectSame(each.decodeValue(each.encodeValue(node)), node);
  });
});
