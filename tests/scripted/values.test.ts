/** Values that need an agreement between both sides, or that can't be read. */
import { type BoltVersion, boltVersions } from "@fulgur/neo4j-core";
import { BrokenRecordError, DateTime, isDateTime, PackStreamError, ParameterError } from "@fulgur/neo4j-driver";
import type { Conversation } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { text } from "./packed.ts";
import { failureOf, play } from "./play.ts";

const unknownTag = [0xb1, 0x5a, 1];
const wrongArity = [0xb2, 0x44, 1, 2];
const wrongType = [0xb1, 0x44, ...text("x")];
const unknownZone = [0xb3, 0x69, 0, 0, ...text("No/Where")];

describe.each(["wasm", "plain"] as const)("a value that can't be decoded (%s)", (engine) => {
  it.each([
    ["an unknown structure", unknownTag],
    ["a structure with too many fields", wrongArity],
    ["a structure with a field of another type", wrongType],
    ["a zone that nobody knows", unknownZone],
    ["one of these in a list", [0x92, 1, ...unknownTag]],
    ["one of these in a map in a list", [0x91, 0xa1, ...text("k"), ...unknownZone]],
  ])("that is %s leaves the rest of the record, and the stream, usable (REC-17)", async (_, bytes) => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["before", "broken", "after"] });
        peer.record(1, 2, 3);
        peer.packed([0xb1, 0x71, 0x93, 10, ...bytes, ...text("end")]);
        peer.record(4, 5, 6);
        peer.success();
        await peer.result();
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session();
        const { records } = await session.run("RETURN 1");
        expect(records.map((record) => record.get("before"))).toEqual([1, 10, 4]);
        expect(records.map((record) => record.get("after"))).toEqual([3, "end", 6]);
        const [whole, broken] = records;
        expect(whole!.toObject()).toEqual({ before: 1, broken: 2, after: 3 });
        for (const read of [
          () => broken!.get("broken"),
          () => broken!.at(1),
          () => broken!.toObject(),
          () => [...broken!],
        ]) {
          expect(read).toThrow(BrokenRecordError);
          expect(read).toThrow(/"broken"/);
        }
        try {
          broken!.get("broken");
        } catch (error) {
          expect((error as Error).cause).toBeInstanceOf(PackStreamError);
        }
        await session.run("RETURN 2");
        expect(peers).toHaveLength(1);
      },
      { config: { engine } },
    );
  });
});

describe("date-times with Bolt 4.4", () => {
  const epoch = Date.UTC(2026, 10, 21, 1) / 1000;
  const value = DateTime.fromEpochSeconds(epoch, 500_000_000, 7200);
  const seconds = (number: number) => [0xca, ...new Uint8Array(new Uint32Array([number]).buffer).reverse()];
  const nanoseconds = seconds(500_000_000);
  const offset = [0xc9, 0x1c, 0x20];
  const utc = [0xb3, 0x49, ...seconds(epoch), ...nanoseconds, ...offset];
  const legacy = [0xb3, 0x46, ...seconds(epoch + 7200), ...nanoseconds, ...offset];

  /** Echoes the parameter, and says in raw bytes what the version should say. */
  const echo = (accepted: readonly string[] | undefined, bytes: readonly number[]): Conversation => {
    return async (peer) => {
      await peer.login(accepted === undefined ? {} : { patch_bolt: accepted });
      const run = await peer.receive("RUN");
      await peer.receive("PULL");
      const sent = run.parameters.when;
      expect(isDateTime(sent)).toBe(true);
      expect(String(sent)).toBe(String(value));
      peer.success({ fields: ["when"] });
      peer.packed([0xb1, 0x71, 0x91, ...bytes]);
      peer.success();
      await peer.closed();
    };
  };

  it.each<[string, BoltVersion, readonly string[] | undefined, readonly string[], readonly number[]]>([
    ["are in UTC when the server accepts the patch", "4.4", ["utc"], ["utc"], utc],
    ["are in local time when it doesn't", "4.4", undefined, [], legacy],
    ["are in local time when it accepts nothing", "4.4", [], [], legacy],
    ["are in local time when it accepts something else", "4.4", ["later"], [], legacy],
    ["are in UTC from 5.0 on", "5.0", undefined, [], utc],
  ])("%s", async (_, version, accepted, patches, bytes) => {
    await play(
      echo(accepted, bytes),
      async (db) => {
        const { records } = await db.session().run("RETURN $when AS when", { when: value });
        expect(String(records[0]!.get("when"))).toBe("2026-11-21T03:00:00.500+02:00");
      },
      { version, patches },
    );
  });
});

describe("a parameter that can't be sent", () => {
  it.each(boltVersions)(
    "is refused before anything is sent, with Bolt %s, and the session goes on (QRY-07)",
    async (version) => {
      await play(
        async (peer) => {
          await peer.login();
          await peer.result();
          await peer.closed();
        },
        async (db, { peers }) => {
          const session = db.session();
          const error = await failureOf(session.run("RETURN $p", { p: { list: [1, Symbol("value-9d2")] } }));
          expect(error).toBeInstanceOf(ParameterError);
          expect(error.message).toContain("list[1]");
          expect(error.message).not.toContain("value-9d2");
          await session.run("RETURN 1");
          expect(peers[0]!.received.filter(({ type }) => type === "RUN")).toHaveLength(1);
        },
        { version },
      );
    },
  );
});
