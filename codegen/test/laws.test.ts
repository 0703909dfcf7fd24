import { describe, expect, it } from "vitest";
import { checkModel } from "../src/check/check.ts";
import { type Edit, modelOf } from "./spec-copy.ts";

const breachesOf = (declarations: string, edits: readonly Edit[] = []): string[] =>
  checkModel(modelOf(declarations, edits));

describe("the laws of the model", () => {
  it("hold for the spec", () => {
    expect(breachesOf("")).toEqual([]);
  });

  it("hold for a value that a new patch brings to the last version", () => {
    const gadget = `message Gadget { option (structure) = {tag: TAG_UNSUPPORTED_TYPE sendable: true on: {until: BOLT_5_8 patch: "more"}}; }`;
    expect(breachesOf(gadget)).toEqual([]);
  });

  const bad: readonly { law: string; spec: string; edits?: readonly Edit[]; message: RegExp }[] = [
    {
      law: "two structures with one tag in one version",
      spec: `message Gadget { option (structure) = {tag: TAG_NODE}; }`,
      message:
        /Gadget: tag 0x4e is also Node's in Bolt 4\.4; give it another tag|Node: tag 0x4e is also Gadget's in Bolt 4\.4/,
    },
    {
      law: "two messages with one signature in one version",
      spec: `message Walk { option (message) = {signature: SIGNATURE_RUN direction: DIRECTION_REQUEST}; }`,
      message: /signature 0x10 is also Walk's in Bolt 4\.4|Walk: signature 0x10 is also Run's/,
    },
    {
      law: "two messages with one name",
      spec: `message Outer { message Plan { string a = 1; } }`,
      message: /Plan: .* has the name Plan too; rename one/,
    },
    {
      law: "a name that the generated code has",
      spec: `message Response { string a = 1; }`,
      message: /Response: the generated code has another Response; rename it/,
    },
    {
      law: "two fields with one name in the API",
      spec: `message Gadget { option (structure) = {tag: TAG_VECTOR on: {until: BOLT_5_8}}; int64 a_b = 1; int64 c = 2 [(key) = {source: "a_b"}]; }`,
      message: /Gadget\.c: is called aB in the API, as .*Gadget\.a_b is; rename one/,
    },
    {
      law: "a message's field by the name of the discriminator",
      spec: `message Walk { option (message) = {signature: SIGNATURE_TELEMETRY direction: DIRECTION_REQUEST on: {until: BOLT_5_3}}; string type = 1; }`,
      message: /Walk\.type: `type` is the message's own name in the API/,
    },
    {
      law: "two encodings of one form of a value",
      spec: `message Day { option (structure) = {tag: TAG_VECTOR value: "Date" on: {until: BOLT_5_8}}; int64 days = 1; }`,
      message: /Bolt 4\.4 has two encodings of Date/,
    },
    {
      law: "a value that can't be sent in a version between others",
      spec: `message Gadget { option (structure) = {tag: TAG_UNSUPPORTED_TYPE sendable: true on: [{until: BOLT_4_4}, {since: BOLT_5_1 until: BOLT_5_8}]}; }`,
      message: /Gadget has no sendable encoding in Bolt 5\.0/,
    },
    {
      law: "a patch that takes a value away",
      spec: `message Gadget { option (structure) = {tag: TAG_UNSUPPORTED_TYPE sendable: true on: {until: BOLT_5_8 unless_patch: "terse"}}; }`,
      message: /Gadget has no sendable encoding in Bolt 4\.4 with terse/,
    },
    {
      law: "a field that appears before the one in front of it",
      spec: `message Gadget { option (structure) = {tag: TAG_VECTOR on: {until: BOLT_5_8}}; int64 a = 1 [(key) = {on: {since: BOLT_5_1}}]; int64 b = 2; }`,
      message: /Gadget\.b: exists in Bolt 4\.4, but a field before it doesn't/,
    },
    {
      law: "a position that is left out",
      spec: `message Gadget { option (structure) = {tag: TAG_VECTOR on: {until: BOLT_5_8}}; int64 a = 1; int64 b = 3; }`,
      message: /Gadget\.b: is number 3, but positions of .*Gadget count 1, 2, 3/,
    },
    {
      law: "twins whose ranges overlap",
      spec: `message Extra { optional string a = 1 [(key) = {source: "x" on: {until: BOLT_5_4}}]; optional string b = 2 [(key) = {source: "x" on: {since: BOLT_5_3}}]; }`,
      message: /Extra\.b: its range overlaps with .*Extra\.a, which has the same source "x", in Bolt 5\.3/,
    },
    {
      law: "a flattened map with a key of the map around it",
      spec: `message Extra { Auth auth = 1 [(key) = {flatten: true}]; string scheme = 2; }`,
      message: /has the wire key "scheme" twice/,
    },
    {
      law: "a default that isn't JSON",
      spec: `message Extra { optional string mode = 1 [(key) = {default_json: "w"}]; }`,
      message: /Extra\.mode: default_json w is not JSON \(a text needs quotes/,
    },
    {
      law: "a default of another type",
      spec: `message Extra { optional int64 n = 1 [(key) = {default_json: "\\"w\\""}]; }`,
      message: /Extra\.n: default "w" is no integer/,
    },
    {
      law: "a success that is no map",
      spec: `message Walk { option (message) = {signature: SIGNATURE_TELEMETRY direction: DIRECTION_REQUEST on: {until: BOLT_5_3} success: "WalkSuccess"}; }`,
      message: /Walk: success "WalkSuccess" is no map of this spec; declare message WalkSuccess/,
    },
    {
      law: "a field that holds a message of the protocol",
      spec: `message Extra { Run run = 1; }`,
      message: /Extra\.run: its type Run is neither a structure nor a map of keys/,
    },
    {
      law: "a range that ends before it begins",
      spec: `message Extra { optional string a = 1 [(key) = {on: {since: BOLT_5_4 until: BOLT_5_0}}]; }`,
      message: /Extra\.a: until 5\.0 is before since 5\.4; swap them/,
    },
    {
      law: "a request that moves from one state to two",
      spec: `message Walk { option (message) = {signature: SIGNATURE_TELEMETRY direction: DIRECTION_REQUEST on: {until: BOLT_5_3} moves: [{from: STATE_READY to: STATE_READY}, {from: STATE_READY to: STATE_STREAMING}]}; }`,
      message: /Walk: moves from READY both to READY and to STREAMING; tell them apart/,
    },
    {
      law: "a state that nothing reaches",
      spec: "",
      edits: [
        { file: "spec/v1/options.proto", from: "STATE_DEFUNCT = 8;", to: "STATE_DEFUNCT = 8;\n  STATE_LIMBO = 9;" },
      ],
      message: /STATE_LIMBO: no move reaches it in any version/,
    },
    {
      law: "a request whose states its versions can't reach",
      spec: `message Walk { option (message) = {signature: SIGNATURE_TELEMETRY direction: DIRECTION_REQUEST on: {until: BOLT_5_0} moves: {from: STATE_AUTHENTICATION to: STATE_READY}}; }`,
      message: /Walk: in Bolt 4\.4 no state that it moves from can be reached/,
    },
    {
      law: "two markers of one byte",
      spec: `enum More { MORE_UNSPECIFIED = 0; MORE_INT = 0xC9 [(marker) = {type: "integer" layout: LAYOUT_FIXED fixed_bytes: 2}]; }`,
      message: /overlaps with (MORE_INT|PACK_STREAM_INT_16) at 0xc9 in Bolt 4\.4/,
    },
    {
      law: "a fixed marker without a size",
      spec: `enum More { MORE_UNSPECIFIED = 0; MORE_BIG = 0xE1 [(marker) = {type: "uuid" layout: LAYOUT_FIXED}]; }`,
      message: /MORE_BIG: a fixed marker has fixed_bytes/,
    },
    {
      law: "three proposals",
      spec: "",
      edits: [{ file: "bolt/v1/handshake.proto", from: /proposals: \[\s*\{[^}]*\},/, to: "proposals: [" }],
      message: /Handshake: has 3 proposals; exactly four are sent/,
    },
    {
      law: "a proposal that leaves its major version",
      spec: "",
      edits: [{ file: "bolt/v1/handshake.proto", from: "range: 4", to: "range: 5" }],
      message: /the proposal of 5\.4 has range 5, which leaves the major version/,
    },
    {
      law: "an error rule behind a more general one",
      spec: "",
      edits: [
        {
          file: "bolt/v1/errors.proto",
          from: "rules: [",
          to: 'rules: [{code: "Neo.ClientError.*" retry: RETRY_NEVER},',
        },
      ],
      message:
        /ServerErrors \(Neo\.ClientError\.Cluster\.NotALeader\): never applies, since Neo\.ClientError\.\* stands/,
    },
  ];
  for (const { law, spec, edits, message } of bad) {
    it(`don't allow ${law}`, () => {
      expect(breachesOf(spec, edits).join("\n")).toMatch(message);
    });
  }
});

describe("a spec that can't be read", () => {
  const unreadable: readonly { what: string; spec: string; message: RegExp }[] = [
    {
      what: "a oneof",
      spec: `message Extra { oneof x { string a = 1; string b = 2; } }`,
      message: /Extra\.a: a oneof has no meaning/,
    },
    {
      what: "a 32-bit float",
      spec: `message Extra { float f = 1; }`,
      message: /Extra\.f: PackStream has no 32-bit float/,
    },
    {
      what: "a map with keys that aren't strings",
      spec: `message Extra { map<int64, Any> m = 1; }`,
      message: /Extra\.m: the keys of a map are strings/,
    },
    {
      what: "a marker without a layout",
      spec: `enum More { MORE_UNSPECIFIED = 0; MORE_BIG = 0xE1 [(marker) = {type: "uuid" fixed_bytes: 3}]; }`,
      message: /MORE_BIG: its marker needs a layout/,
    },
    {
      what: "a message without a direction",
      spec: `message Walk { option (message) = {signature: SIGNATURE_TELEMETRY}; }`,
      message: /Walk: its direction is unspecified/,
    },
  ];
  for (const { what, spec, message } of unreadable) {
    it(`names the place of ${what}`, () => {
      expect(() => modelOf(spec)).toThrow(message);
    });
  }
});
