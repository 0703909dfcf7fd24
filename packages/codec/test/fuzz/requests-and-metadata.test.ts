import { boltVersions, createCodec } from "@fulgur/neo4j-codec";
import { describe, expect, it } from "vitest";
import type { WireType } from "../../src/tables.ts";
import { chunked } from "../engines.ts";
import { type Body, mutate, replaceValue } from "./mutate.ts";
import { Random } from "./random.ts";
import { randomShape, ValueWriter } from "./shapes.ts";
import { Wire } from "./wire.ts";

const messagesOfVersion = 400;

describe.each(boltVersions)("what isn't a record, fuzzed, in Bolt %s", (version) => {
  const client = createCodec({ version, engine: "plain" });
  const server = createCodec({ version, engine: "plain", role: "server" });
  const requests = [...server.profile.requestByName.values()];
  const maps = [...client.profile.maps.values()];
  const random = new Random(boltVersions.indexOf(version));
  const wire = new Wire(random);
  const values = new ValueWriter(wire, random, client.profile);

  function field(type: WireType): void {
    const start = wire.length;
    if (type.kind === "string") wire.text("RETURN 1");
    else if (type.kind === "integer") wire.integer(3n);
    else if (type.kind === "list") {
      wire.list(1);
      wire.text("bookmark");
    } else {
      const keys = [...random.pick(maps).byKey.keys(), "__proto__", "other"];
      const size = random.below(4);
      wire.map(size);
      for (let i = 0; i < size; i++) {
        wire.text(random.pick(keys));
        values.value(randomShape(random, 1));
      }
    }
    wire.closed(start);
  }

  function request(): Body {
    const { table, fields } = random.pick(requests);
    wire.structure(fields.length, table.signature);
    for (const { type } of fields) field(type);
    return wire.take();
  }

  it("requests and metadata are read, or refused with a PackStreamError: nothing else is thrown", () => {
    values.value(randomShape(random, 2));
    const donor = wire.take();
    const prototype = Reflect.ownKeys(Object.prototype);
    let read = 0;
    let refused = 0;
    const attempt = (action: () => unknown): unknown => {
      try {
        const result = action();
        read++;
        return result;
      } catch (error) {
        expect(error).toMatchObject({ name: "PackStreamError", offset: expect.any(Number) });
        refused++;
        return undefined;
      }
    };
    for (let i = 0; i < messagesOfVersion; i++) {
      const body = request();
      const bytes = [body.bytes, mutate(random, body, donor), replaceValue(random, body, donor)][i % 3] as Uint8Array;
      attempt(() => [...server.decoder().push(chunked(bytes))]);
      const raw = attempt(() => client.decodeValue(bytes.subarray(2))) as Record<string, unknown> | undefined;
      if (raw === undefined || raw === null || Object.getPrototypeOf(raw) !== Object.prototype) continue;
      for (const { table } of maps) attempt(() => client.readMetadata(table.name as never, raw));
    }
    expect(read).toBeGreaterThan(messagesOfVersion / 4);
    expect(refused).toBeGreaterThan(messagesOfVersion / 4);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(prototype);
  });
});
