import { afterAll, describe, expect, it } from "vitest";
import { drill } from "./drill.ts";

/**
 * A made-up Bolt 6.2: one new structure, one new key in RUN's extra, one key that is retired (`until: 6.1`), one new
 * transition. Spec only; the rest is generated.
 */
const made = drill(
  [
    {
      file: "spec/v1/options.proto",
      from: "BOLT_6_1 = 0x0601;",
      to: "BOLT_6_1 = 0x0601;\n  // Made up.\n  BOLT_6_2 = 0x0602;",
    },
    { file: "spec/v1/options.proto", from: "TAG_NODE = 0x4E;", to: "TAG_GADGET = 0x47;\n  TAG_NODE = 0x4E;" },
    {
      file: "bolt/v1/transaction.proto",
      from: "optional string imp_user = 6;",
      to: `optional string imp_user = 6 [(fulgur.spec.v1.key) = {on: {until: BOLT_6_1}}];
        // How soon it is to run.
        optional string priority = 10 [(fulgur.spec.v1.key) = {on: {since: BOLT_6_2}}];`,
    },
    {
      file: "bolt/v1/telemetry.proto",
      from: /moves: \{\s*from: STATE_READY\s*to: STATE_READY\s*\}/,
      to: `moves: [
        {from: STATE_READY to: STATE_READY},
        {from: STATE_TX_READY to: STATE_TX_READY on: {since: BOLT_6_2}}
      ]`,
    },
  ],
  {
    "bolt/v1/gadget.proto": `syntax = "proto3";
      package fulgur.bolt.v1;
      import "fulgur/spec/v1/options.proto";
      // Made up.
      message Gadget {
        option (fulgur.spec.v1.structure) = {tag: TAG_GADGET sendable: true on: {since: BOLT_6_2}};
        string name = 1;
        int64 size = 2;
        double weight = 3;
      }`,
  },
);

afterAll(() => made.remove());

const program = (engine: string): string => `
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { boltVersions, createCodec } from "@fulgur/neo4j-codec";
import { brandedStructure, kindOf } from "@fulgur/neo4j-types";
import { stateMachine } from "./src/connection/state-machine.ts";

const engine = "${engine}";
strictEqual(boltVersions.at(-1), "6.2");
const codec = (version, role) => createCodec({ version, role, engine });

// The structure as a value.
const gadget = brandedStructure("Gadget", { name: "lamp", size: 3, weight: 2 });
const client = codec("6.2", "client");
strictEqual(client.engine, engine);
const bytes = client.encodeValue(gadget);
strictEqual(Buffer.from(bytes).toString("hex"), "b347846c616d7003c14000000000000000");
const back = client.decodeValue(bytes);
strictEqual(kindOf(back), "Gadget");
deepStrictEqual({ ...back }, { ...gadget });
throws(() => codec("6.1", "client").encodeValue(gadget), /Gadget needs Bolt 6\\.2/);

// The structure in as many records as an engine needs to specialise itself.
const rows = Array.from({ length: 3000 }, (_, i) => [i, brandedStructure("Gadget", { name: "n" + i, size: i, weight: i / 2 })]);
const server = codec("6.2", "server");
const decoder = client.decoder();
decoder.expect({ statement: "RETURN gadgets", fields: ["i", "gadget"] });
const seen = [];
for (let from = 0; from < rows.length; from += 500) {
  const wire = Buffer.concat(rows.slice(from, from + 500).map((data) => server.encodeMessage({ type: "RECORD", data })));
  for (const item of decoder.push(wire)) {
    strictEqual(item.type, "RECORD");
    strictEqual(item.broken, false);
    seen.push(...item.rows());
  }
}
decoder.end();
deepStrictEqual(seen, rows);

// A server that sends one before 6.2: that value is broken, the stream goes on.
const old = codec("6.1", "client").decoder();
const [batch] = [...old.push(server.encodeMessage({ type: "RECORD", data: [gadget, 1] }))];
strictEqual(batch.broken, true);
strictEqual(batch.rows()[0][1], 1);

// RUN's extra: the new key since 6.2, the retired one until 6.1.
const extraAt = (version) => {
  const run = { type: "RUN", query: "RETURN 1", parameters: {}, extra: { impUser: "ann", priority: "high", db: "x" } };
  const text = Buffer.from(codec(version, "client").encodeMessage(run)).toString("latin1");
  const [read] = [...codec(version, "server").decoder().push(codec(version, "client").encodeMessage(run))];
  strictEqual(read.type, "RUN");
  strictEqual(text.includes("imp_user"), read.extra.impUser !== undefined);
  strictEqual(text.includes("priority"), read.extra.priority !== undefined);
  return read.extra;
};
deepStrictEqual({ ...extraAt("6.1") }, { impUser: "ann", db: "x" });
deepStrictEqual({ ...extraAt("6.2") }, { priority: "high", db: "x" });

// The transition.
strictEqual(stateMachine(0x0602).next("TELEMETRY", "TX_READY", undefined), "TX_READY");
strictEqual(stateMachine(0x0601).next("TELEMETRY", "TX_READY", undefined), undefined);
ok(stateMachine(0x0601).next("TELEMETRY", "READY", undefined) === "READY");
console.log("done");
`;

describe("a next version of the protocol", () => {
  it("needs no line changed by hand", () => {
    expect(made.changedByHand()).toEqual([]);
  });

  it("breaks nothing that released versions say", () => {
    expect(made.breakingChanges()).toBe("");
  });

  it("is generated as code that compiles", () => {
    expect(made.typeErrors()).toEqual([]);
  });

  for (const engine of ["plain", "wasm"]) {
    it(`round-trips its structure, its RUN and its transition in the ${engine} engine`, () => {
      expect(made.run(program(engine))).toBe("done");
    });
  }
});
