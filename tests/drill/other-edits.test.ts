import { afterAll, describe, expect, it } from "vitest";
import { drill } from "./drill.ts";

/**
 * Another made-up 6.2, with everything else that a version may bring: a structure with nested fields of every type whose
 * `value` names no class, a second encoding that replaces an old one, a request and a response, keys of every type, a
 * marker with bytes of its own, a state, a patch and an error rule.
 */
const options = `(fulgur.spec.v1`;
const made = drill(
  [
    {
      file: "spec/v1/options.proto",
      from: "BOLT_6_1 = 0x0601;",
      to: "BOLT_6_1 = 0x0601;\n  BOLT_6_2 = 0x0602;",
    },
    {
      file: "spec/v1/options.proto",
      from: "TAG_NODE = 0x4E;",
      to: "TAG_MACHINE = 0x4D;\n  TAG_PART = 0x57;\n  TAG_DURATION_COMPACT = 0x65;\n  TAG_NODE = 0x4E;",
    },
    {
      file: "spec/v1/options.proto",
      from: "SIGNATURE_ROUTE = 0x66;",
      to: "SIGNATURE_INSPECT = 0x55;\n  SIGNATURE_PROGRESS = 0x72;\n  SIGNATURE_ROUTE = 0x66;",
    },
    { file: "spec/v1/options.proto", from: "STATE_DEFUNCT = 8;", to: "STATE_DEFUNCT = 8;\n  STATE_INSPECTING = 9;" },
    {
      file: "bolt/v1/packstream.proto",
      from: "PACK_STREAM_MINUS_TINY_INT = 0xF0",
      to: `PACK_STREAM_DECIMAL = 0xE1 [${options}.marker) = {
        type: "decimal" layout: LAYOUT_FIXED fixed_bytes: 12 on: {since: BOLT_6_2}
      }];
      PACK_STREAM_MINUS_TINY_INT = 0xF0`,
    },
    {
      file: "bolt/v1/temporal.proto",
      from: /tag: TAG_DURATION\s+sendable: true/,
      to: "tag: TAG_DURATION\n sendable: true\n on: {until: BOLT_6_1}",
    },
    {
      file: "bolt/v1/spatial.proto",
      from: "double z = 4;",
      to: `double z = 4;
        // A field that the class doesn't know.
        double accuracy = 5 [${options}.key) = {on: {since: BOLT_6_2} default_json: "0.5"}];`,
    },
    {
      file: "bolt/v1/reset.proto",
      from: "moves: {",
      to: "moves: {from: STATE_INSPECTING to: STATE_READY on: {since: BOLT_6_2}}\n moves: {",
    },
    {
      file: "bolt/v1/errors.proto",
      from: "rules: [",
      to: `rules: [{code: "Neo.ClientError.Machine.Jammed" error_class: "TransientError" retry: RETRY_ALWAYS},`,
    },
    {
      file: "bolt/v1/transaction.proto",
      from: "optional string imp_user = 6;",
      to: `optional string imp_user = 6;
        optional string run_as = 11 [json_name = "run.as", ${options}.key) = {on: {since: BOLT_6_2} secret: true}];
        optional double weight = 12 [${options}.key) = {on: {since: BOLT_6_2}}];
        repeated Slot slots = 13 [${options}.key) = {on: {since: BOLT_6_2} refuse_when_unavailable: true}];
        map<string, Slot> named = 14 [${options}.key) = {on: {since: BOLT_6_2}}];
        Machine machine = 15 [${options}.key) = {on: {since: BOLT_6_2}}];
        optional bytes seal = 16 [${options}.key) = {on: {since: BOLT_6_2}}];`,
    },
    {
      file: "bolt/v1/transaction.proto",
      from: 'import "fulgur/bolt/v1/any.proto";',
      to: 'import "fulgur/bolt/v1/any.proto";\nimport "fulgur/bolt/v1/machine.proto";',
    },
  ],
  {
    "bolt/v1/machine.proto": `syntax = "proto3";
      package fulgur.bolt.v1;
      import "fulgur/bolt/v1/any.proto";
      import "fulgur/bolt/v1/graph.proto";
      import "fulgur/spec/v1/options.proto";

      message Uuid {}

      message Slot {
        int64 number = 1 [${options}.key) = {required: true}];
        optional string old_label = 2 [${options}.key) = {source: "label" on: {until: BOLT_6_1}}];
        optional string label = 3 [json_name = "slot-label", ${options}.key) = {source: "label" on: {since: BOLT_6_2}}];
        repeated Slot inner = 4;
      }

      message Part {
        option ${options}.structure) = {tag: TAG_PART sendable: true on: {since: BOLT_6_2}};
        string name = 1;
      }

      message Machine {
        option ${options}.structure) = {tag: TAG_MACHINE value: "Apparatus" sendable: true on: {since: BOLT_6_2}};
        string name = 1;
        repeated Part parts = 2;
        map<string, double> weights = 3;
        map<string, Part> named = 4;
        Part main = 5;
        optional Part spare = 6;
        optional string note = 7;
        repeated int64 serials = 8;
        bytes seal = 9;
        bool on = 10;
        double load = 11;
        Any rest = 12;
        Uuid key = 13;
        Slot slot = 14;
        Node node = 15;
      }

      message DurationCompact {
        option ${options}.structure) = {
          tag: TAG_DURATION_COMPACT value: "Duration" form: "compact" sendable: true on: {since: BOLT_6_2}
        };
        int64 months = 1;
        int64 days = 2;
        int64 seconds = 3;
        int64 nanoseconds = 4;
      }

      message InspectExtra {
        repeated string aspects = 1;
        optional int64 depth = 2 [${options}.key) = {default_json: "1"}];
      }

      message InspectSuccess {
        repeated Machine machines = 1;
        optional int64 count = 2 [${options}.key) = {default_json: "0"}];
        Slot first = 3;
      }

      message Inspect {
        option ${options}.message) = {
          signature: SIGNATURE_INSPECT
          direction: DIRECTION_REQUEST
          on: {since: BOLT_6_2}
          moves: [
            {from: STATE_READY to: STATE_INSPECTING outcome: OUTCOME_HAS_MORE},
            {from: [STATE_READY, STATE_INSPECTING] to: STATE_READY outcome: OUTCOME_FINAL}
          ]
          ignored: STATE_FAILED
          success: "InspectSuccess"
        };
        string target = 1;
        map<string, Slot> slots = 2;
        InspectExtra extra = 3;
        repeated Part parts = 4;
      }

      message Progress {
        option ${options}.message) = {
          signature: SIGNATURE_PROGRESS
          direction: DIRECTION_RESPONSE
          on: {since: BOLT_6_2}
        };
        int64 percent = 1;
        Slot slot = 2;
      }`,
  },
);

afterAll(() => made.remove());

const program = (engine: string): string => `
import { deepStrictEqual, match, strictEqual, throws } from "node:assert";
import { createCodec } from "@fulgur/neo4j-codec";
import { brandedStructure, Duration, errorRules, kindOf, Node, Point, UUID } from "@fulgur/neo4j-types";
import { ignoredIn, states } from "./src/gen/states.ts";
import { stateMachine } from "./src/connection/state-machine.ts";

const codec = (version, role = "client") => createCodec({ version, role, engine: "${engine}" });
const plain = (value) => JSON.parse(JSON.stringify(value, (_, item) => typeof item === "bigint" ? String(item) : item));
const client = codec("6.2");
const server = codec("6.2", "server");
const hex = (bytes) => Buffer.from(bytes).toString("hex");

// The structure, with what is optional and without.
const part = (name) => brandedStructure("Part", { name });
const machine = (i) => brandedStructure("Apparatus", {
  name: "loom" + i,
  parts: [part("a" + i), part("b")],
  weights: { a: 2, b: 0.5 },
  named: { x: part("x") },
  main: part("m"),
  spare: i % 2 === 0 ? null : part("s"),
  note: i % 3 === 0 ? null : "n" + i,
  serials: [i, 2 ** 40, -5],
  seal: new Uint8Array([1, 2, i & 255]),
  on: i % 2 === 0,
  load: i,
  rest: i % 4 === 0 ? null : [null, { k: [i] }],
  key: UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
  slot: { number: i, label: "l", inner: [{ number: 2 }] },
  node: new Node(i, ["L"], { p: i }, "4:x:" + i),
});
const same = (a, b) => {
  strictEqual(kindOf(a), kindOf(b));
  deepStrictEqual(plain(a), plain(b));
};
const one = client.encodeValue(machine(1));
match(hex(one), /^bf4d/);
match(Buffer.from(one).toString("latin1"), /slot-label/);
same(client.decodeValue(one), machine(1));
same(client.decodeValue(one).parts[0], part("a1"));
throws(() => codec("6.1").encodeValue(machine(1)), /Apparatus needs Bolt 6\\.2/);

const rows = Array.from({ length: 600 }, (_, i) => [i, machine(i), part("p" + i)]);
const decoder = client.decoder();
decoder.expect({ statement: "RETURN machines", fields: ["i", "machine", "part"] });
const wire = Buffer.concat(rows.map((data) => server.encodeMessage({ type: "RECORD", data })));
const seen = [];
for (let at = 0; at < wire.length; at += 10007) {
  for (const item of decoder.push(wire.subarray(at, at + 10007))) {
    strictEqual(item.broken, false);
    seen.push(...item.rows());
  }
}
decoder.end();
strictEqual(seen.length, rows.length);
rows.forEach((row, i) => row.forEach((value, j) => same(seen[i][j], value)));

// One value, another encoding.
const duration = new Duration(1, 2, 3, 4);
strictEqual(hex(codec("6.1").encodeValue(duration)), "b44501020304");
strictEqual(hex(client.encodeValue(duration)), "b46501020304");
deepStrictEqual(plain(client.decodeValue(client.encodeValue(duration))), plain(duration));

// A field that a class doesn't know.
strictEqual(hex(codec("6.1").encodeValue(new Point(4979, 1, 2, 3))).slice(0, 4), "b459");
const point = client.encodeValue(Object.assign(new Point(4979, 1, 2, 3), { accuracy: 0.25 }));
strictEqual(hex(point).slice(0, 4), "b559");
strictEqual(client.decodeValue(point).accuracy, 0.25);
strictEqual(client.decodeValue(point).z, 3);
strictEqual(client.decodeValue(client.encodeValue(new Point(4979, 1, 2, 3))).accuracy, 0.5);
const pointDecoder = client.decoder();
const points = Array.from({ length: 2000 }, (_, i) => [Object.assign(new Point(4979, i, 2, 3), { accuracy: i / 2 })]);
const [pointBatch] = [...pointDecoder.push(Buffer.concat(points.map((data) => server.encodeMessage({ type: "RECORD", data }))))];
pointBatch.rows().forEach(([value], i) => strictEqual(value.accuracy, i / 2));

// The marker.
const decimal = Buffer.from("e1000102030405060708090a0b", "hex");
const value = client.decodeValue(decimal);
strictEqual(kindOf(value), "decimal");
deepStrictEqual(hex(value.bytes), "000102030405060708090a0b");
strictEqual(hex(client.encodeValue(value)), hex(decimal));
throws(() => codec("6.1").decodeValue(decimal));

// The messages.
const inspect = {
  type: "INSPECT",
  target: "loom",
  slots: { a: { number: 1, label: "one" } },
  extra: { aspects: ["size"], depth: 3 },
  parts: [part("q")],
};
const [read] = [...server.decoder().push(client.encodeMessage(inspect))];
deepStrictEqual(plain(read), plain(inspect));
match(Buffer.from(client.encodeMessage(inspect)).toString("latin1"), /slot-label/);
throws(() => codec("6.1").encodeMessage(inspect), /6\\.2/);
const progress = { type: "PROGRESS", percent: 40, slot: { number: 2, label: "l" } };
const [answer] = [...client.decoder().push(server.encodeMessage(progress))];
deepStrictEqual(plain(answer), plain(progress));
const success = client.readMetadata("InspectSuccess", { machines: [machine(1)], first: { number: 7, "slot-label": "l" } });
deepStrictEqual(plain(success), plain({ machines: [machine(1)], first: { number: 7, label: "l" }, count: 0 }));

// Keys of every type.
const slot = { number: 1, label: "a", inner: [{ number: 2, label: "b" }] };
const extra = { runAs: "ann", weight: 2, slots: [slot], named: { s: slot }, machine: machine(1), seal: new Uint8Array([9]) };
const run = (more) => ({ type: "RUN", query: "RETURN 1", parameters: {}, extra: more });
const bytes = client.encodeMessage(run(extra));
match(Buffer.from(bytes).toString("latin1"), /run\\.as/);
match(hex(bytes), /c14000000000000000/);
const [ran] = [...server.decoder().push(bytes)];
deepStrictEqual(plain(ran.extra), plain(extra));
const { slots, ...harmless } = extra;
const [older] = [...codec("6.1", "server").decoder().push(codec("6.1").encodeMessage(run({ ...harmless, db: "x" })))];
deepStrictEqual(plain(older.extra), { db: "x" });
throws(() => codec("6.1").encodeMessage(run({ slots })), /slots needs Bolt 6\\.2/);

// The states and the rule.
strictEqual(states.at(-1), "INSPECTING");
deepStrictEqual(ignoredIn.INSPECT, ["FAILED"]);
const machine62 = stateMachine(0x0602);
strictEqual(machine62.next("INSPECT", "READY", "hasMore"), "INSPECTING");
strictEqual(machine62.next("INSPECT", "INSPECTING", "final"), "READY");
strictEqual(machine62.next("RESET", "INSPECTING", undefined), "READY");
strictEqual(stateMachine(0x0601).next("INSPECT", "READY", "final"), undefined);
strictEqual(errorRules[0].code, "Neo.ClientError.Machine.Jammed");
console.log("done");
`;

describe("other edits of the spec", () => {
  it("need no line changed by hand", () => {
    expect(made.changedByHand()).toEqual([]);
  });

  it("change nothing that released versions say, but for the error rule, which no version limits", () => {
    const lines = made.breakingChanges().split("\n");
    expect(lines.filter((line) => line.includes(": "))).toEqual([
      "error Neo.ClientError.Machine.Jammed: errorClass was ClientError, is TransientError",
      "error Neo.ClientError.Machine.Jammed: retry was never, is always",
    ]);
  });

  it("are generated as code that compiles", () => {
    expect(made.typeErrors()).toEqual([]);
  });

  for (const engine of ["plain", "wasm"]) {
    it(`round-trip in the ${engine} engine`, () => {
      expect(made.run(program(engine))).toBe("done");
    });
  }
});
