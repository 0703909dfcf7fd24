import { describe, expect, it } from "vitest";
import { integer, list, mapTablesOf, messagesOf, string, structure, structuresOf, table } from "../src/table-rows.ts";

describe("a row of the generated tables", () => {
  it("of a key says what isn't as usual; the wire's name is in snake case", () => {
    const tables = mapTablesOf({
      Stats: [
        ["tFirst", integer, { unit: "ms", on: [{ since: 0x0502 }] }],
        ["nodesCreated", list(table("Node")), { key: "nodes-created", optional: true }],
      ],
      Empty: [],
    });
    expect(tables).toEqual({
      Stats: {
        name: "Stats",
        keys: [
          { name: "tFirst", key: "t_first", type: { kind: "integer" }, on: [{ since: 0x0502 }], unit: "ms" },
          {
            name: "nodesCreated",
            key: "nodes-created",
            type: { kind: "list", of: { kind: "table", name: "Node" } },
            on: [],
            optional: true,
          },
        ],
      },
      Empty: { name: "Empty", keys: [] },
    });
  });

  it("of a message or structure says in which versions it is, if not in all", () => {
    expect(messagesOf([["LOGOFF", 0x6b, "request", [], { on: [{ since: 0x0501 }] }]])).toEqual([
      { name: "LOGOFF", signature: 0x6b, direction: "request", on: [{ since: 0x0501 }], fields: [] },
    ]);
    const read = () => undefined;
    const write = () => {};
    const usual = { tag: 0x50, on: [], form: "", sendable: true, read, write };
    expect(
      structuresOf([
        ["Pair", 0x50, read, write, [["end", structure("Node")]]],
        ["PairLegacy", 0x50, read, write, [["zone", string]], { value: "Pair", sendable: false }],
      ]),
    ).toEqual([
      {
        ...usual,
        name: "Pair",
        value: "Pair",
        fields: [{ name: "end", key: "end", type: { kind: "structure", name: "Node" }, on: [] }],
      },
      {
        ...usual,
        name: "PairLegacy",
        value: "Pair",
        sendable: false,
        fields: [{ name: "zone", key: "zone", type: { kind: "string" }, on: [] }],
      },
    ]);
  });
});
