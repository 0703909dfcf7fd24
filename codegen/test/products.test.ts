import { describe, expect, it } from "vitest";
import { emit } from "../src/emit/emit.ts";
import type { Key } from "../src/model/model.ts";
import { readModel } from "../src/model/read.ts";
import { isOn } from "../src/model/when.ts";
import { describeSpec, modelOf } from "./spec-copy.ts";

const { files, allFiles } = describeSpec();
const model = readModel(files, allFiles);
const texts = new Map(emit(model, "all").map(({ path, text }) => [path, text]));

const fieldsAt = (fields: readonly Key[], version: number, ...patches: string[]): number =>
  fields.filter(({ on }) => isOn(on, version, new Set(patches))).length;

describe("what is read of the spec", () => {
  const structure = (name: string) => {
    const found = model.structures.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no structure ${name}`);
    return found;
  };

  it("knows the released versions and no others", () => {
    expect(model.versions.map(({ text }) => text)).toEqual("4.4 5.0 5.1 5.2 5.3 5.4 5.6 5.7 5.8 6.0 6.1".split(" "));
  });

  it("gives graph structures the fields of each version", () => {
    const sizes = ["Node", "Relationship", "UnboundRelationship", "Path"].map((name) => [
      fieldsAt(structure(name).fields, 0x0404),
      fieldsAt(structure(name).fields, 0x0500),
    ]);
    expect(sizes).toEqual([
      [3, 4],
      [5, 8],
      [3, 4],
      [3, 3],
    ]);
  });

  it("tells the encodings of date-times apart by version and patch", () => {
    const active = (version: number, ...patches: string[]): number[] =>
      model.structures
        .filter(({ name, on }) => name.startsWith("DateTime") && isOn(on, version, new Set(patches)))
        .map(({ tag }) => tag)
        .sort((a, b) => a - b);
    expect(active(0x0404)).toEqual([0x46, 0x66]);
    expect(active(0x0404, "utc")).toEqual([0x49, 0x69]);
    expect(active(0x0500)).toEqual([0x49, 0x69]);
  });

  it("has keys under the names of the wire and of the API", () => {
    const names = (map: string): string[] =>
      (model.maps.find(({ name }) => name === map)?.keys ?? []).map(({ key, name }) => `${key} ${name}`);
    expect(names("Hints")).toContain("connection.recv_timeout_seconds connectionRecvTimeoutSeconds");
    expect(names("Stats")).toContain("nodes-created nodesCreated");
    expect(names("Plan")).toContain("operatorType operatorType");
    expect(names("TransactionExtra")).toContain(
      "notifications_disabled_categories notificationsDisabledClassifications",
    );
  });

  it("takes an explicit json_name even where protobuf would derive the same", () => {
    const keys = modelOf(
      `message Extra { optional string page_hits = 1 [json_name = "pageHits"]; optional string page_size = 2; }`,
    )
      .maps.find(({ name }) => name === "Extra")
      ?.keys.map(({ key }) => key);
    expect(keys).toEqual(["pageHits", "page_size"]);
  });

  it("follows fields of every type into structures and maps", () => {
    const added = modelOf(`message Gadget {
      option (structure) = {tag: TAG_VECTOR on: {until: BOLT_5_8}};
      repeated Node nodes = 1;
      map<string, double> weights = 2;
      optional string label = 3;
      Auth auth = 4;
      repeated Any rest = 5;
    }`);
    const types = added.structures.find(({ name }) => name === "Gadget")?.fields.map(({ type }) => type);
    expect(types).toEqual([
      { kind: "list", of: { kind: "structure", name: "Node" } },
      { kind: "map", of: { kind: "float" } },
      { kind: "string" },
      { kind: "table", name: "Auth" },
      { kind: "list", of: { kind: "any" } },
    ]);
  });
});

describe("what is generated", () => {
  it("is the same each time, whatever the order of the files", () => {
    const again = readModel([...files].reverse(), [...allFiles].reverse());
    expect(emit(again, "all")).toEqual(emit(model, "all"));
  });

  it("is the same files for all as for the products one by one", () => {
    const single = (["types", "codec", "core", "docs"] as const).flatMap((product) =>
      emit(model, product).map(({ text }) => text),
    );
    expect(single.sort()).toEqual([...texts.values()].sort());
  });

  it("has a property once where versions renamed the key", () => {
    const text = texts.get("packages/codec/src/gen/messages.ts") ?? "";
    const body = text.slice(text.indexOf("export interface TransactionExtra"));
    const declared = body.slice(0, body.indexOf("\n}")).match(/readonly notificationsDisabledClassifications/g);
    expect(declared).toHaveLength(1);
  });

  it("has a key's name on the wire where that isn't the API's in snake case", () => {
    const text = texts.get("packages/codec/src/gen/messages.ts") ?? "";
    expect(text).toContain('["patchBolt", list(string), { on: [{ until: 0x0404 }] }]');
    expect(text).toContain('["nodesCreated", integer, { key: "nodes-created", optional: true, defaultValue: 0 }]');
    expect(text).toContain('["operatorType", string, { key: "operatorType" }]');
  });

  it("reads the fields of a structure by its size and derives the rest", () => {
    const text = texts.get("packages/codec/src/gen/structures.ts") ?? "";
    expect(text).toContain(
      'const elementId = size > 3 ? source.string() : derivations.idAsText({ id, labels, properties }, "elementId");',
    );
    expect(text).toContain("if (size > 3) sink.string(fields[3] as string);");
  });

  it("reads a repeated field that a version lacks as empty, any other as undefined", () => {
    const later = emit(
      modelOf(`message Gadget {
        option (structure) = {tag: TAG_VECTOR on: {until: BOLT_5_8}};
        string name = 1 [(key) = {on: {until: BOLT_5_4}}];
        repeated string parts = 2 [(key) = {on: {until: BOLT_5_4}}];
        map<string, Any> more = 3 [(key) = {on: {until: BOLT_5_3}}];
      }`),
      "codec",
    );
    const text = later.find(({ path }) => path === "src/gen/structures.ts")?.text ?? "";
    expect(text).toContain("const name = size > 0 ? source.string() : undefined;");
    expect(text).toContain("const parts = size > 1 ? source.strings() : [];");
    expect(text).toContain("const more = size > 2 ? source.map(anyFrom) : {};");
  });

  it("never uses a reserved word as a variable, nor sets a prototype by a literal", () => {
    const odd = emit(
      modelOf(`message Gadget {
        option (structure) = {tag: TAG_VECTOR on: {until: BOLT_5_8}};
        int64 default = 1;
        string size = 2;
        map<string, Any> make = 3 [(key) = {default_json: "{\\"__proto__\\": 1}" on: {since: BOLT_5_0}}];
      }`),
      "codec",
    );
    const text = odd.find(({ path }) => path === "src/gen/structures.ts")?.text ?? "";
    expect(text).toContain("const default_ = source.integer();");
    expect(text).toContain("const size_ = source.string();");
    expect(text).toContain('const make_ = size > 2 ? source.map(anyFrom) : { ["__proto__"]: 1 };');
    expect(text).toContain("return (make as Fill)(default_, size_, make_);");
  });

  it("names each message, structure and state in the reference", () => {
    const docs = texts.get("docs/protocol.md") ?? "";
    for (const { wireName } of model.messages) expect(docs).toContain(`### ${wireName}\n`);
    for (const { name } of model.structures) expect(docs).toContain(`### ${name}\n`);
    for (const { name } of model.vocabulary.states) expect(docs).toContain(`| ${name} |`);
  });
});
