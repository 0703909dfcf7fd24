/** Conversations that were recorded, and what a driver makes of their replay. */
import { boltVersions } from "@fulgur/neo4j-core";
import { DateTime, type Driver, driver } from "@fulgur/neo4j-driver";
import { type Recording, startRecorder, startReplay, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, password, token } from "./play.ts";

const when = new DateTime(2026, 9, 1, 12, 0, 0, 5, 3600);
const long = "é".repeat(70_000);

/** What a program does. */
async function program(uri: string): Promise<unknown[]> {
  await using db = driver(uri, token, { fetchSize: 2 });
  const films = await db.executeQuery("UNWIND range(1, 5) AS n RETURN n", {}, { routing: "READ" });
  const session = db.session();
  const { records } = await session.run("RETURN $when AS when, $long AS long", { when, long: "secret-parameter" });
  const error = await failureOf(session.run("NONSENSE"));
  await session.close();
  return [films.records.map((record) => record.get("n")), records[0]?.toObject(), error.code];
}

/** Records it against a server that knows the answers. */
async function recorded(version: (typeof boltVersions)[number]): Promise<{ recording: Recording; gave: unknown[] }> {
  await using server = await startScriptedServer({
    version,
    ...(version === "4.4" ? { patches: ["utc"] } : {}),
    conversation: async (peer) => {
      await peer.login(version === "4.4" ? { patch_bolt: ["utc"] } : {});
      for (let next = await peer.receiveAny(); next !== undefined; next = await peer.receiveAny()) {
        if (next.type === "GOODBYE") return;
        if (next.type === "RUN" && next.query === "NONSENSE") {
          peer.failure("Neo.ClientError.Statement.SyntaxError", "what?");
          await peer.receive("PULL");
          peer.ignored();
        } else if (next.type === "RUN") {
          peer.success({ fields: next.query.startsWith("UNWIND") ? ["n"] : ["when", "long"] });
          await peer.receive("PULL");
          if (next.query.startsWith("UNWIND")) peer.records([1], [2], [3], [4], [5]);
          else peer.record(when, long);
          peer.success({ type: "r" });
        } else {
          peer.success(next.type === "COMMIT" ? { bookmark: "b" } : {});
        }
      }
    },
  });
  await using recorder = await startRecorder(server.uri);
  expect(() => recorder.recording()).toThrow("no client has connected");
  const gave = await program(recorder.uri);
  // A file is all that is left of it.
  return { recording: JSON.parse(JSON.stringify(recorder.recording())), gave };
}

describe("a recorded conversation", () => {
  it.each(boltVersions)("of Bolt %s can be had again, without the server", async (version) => {
    const { recording, gave } = await recorded(version);
    expect(recording.version).toBe(version);
    expect(gave).toEqual([[1, 2, 3, 4, 5], { when, long }, "Neo.ClientError.Statement.SyntaxError"]);
    await using server = await startReplay(recording);
    expect(await program(server.uri)).toEqual(gave);
    await server.finished();
  });

  it("has neither credentials nor parameters in it", async () => {
    const { recording } = await recorded("5.8");
    const text = JSON.stringify(recording);
    for (const secret of [password, "secret-parameter"]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString("base64").slice(2, -2));
    }
    expect(recording.connections[0]?.map(({ request }) => request).slice(0, 6)).toEqual([
      "HELLO",
      "LOGON",
      "BEGIN",
      "RUN",
      "PULL",
      "COMMIT",
    ]);
  });

  const asked = async (recording: Recording, ask: (db: Driver) => PromiseLike<unknown>) => {
    await using server = await startReplay(recording);
    await using db = driver(server.uri, token, { maxTransactionRetryTime: 0 });
    await Promise.resolve(ask(db)).catch(() => {});
    return failureOf(server.finished());
  };

  it("isn't had by who asks something else", async () => {
    const { recording } = await recorded("5.8");
    const error = await asked(recording, (db) => db.executeQuery("RETURN 2", {}, { routing: "READ" }));
    expect(error.message).toBe(
      'The recording has RUN "UNWIND range(1, 5) AS n RETURN n", the client sent RUN "RETURN 2".',
    );
    const other = await asked(recording, (db) => db.session().run("RETURN 1"));
    expect(other.message).toBe('The recording has BEGIN, the client sent RUN "RETURN 1".');
    const none = await asked({ ...recording, connections: [] }, (db) => db.verifyConnectivity());
    expect(none.message).toBe("The recording has no connection 0.");
  });

  it("of an encrypted connection can't be made", async () => {
    await expect(startRecorder("bolt+s://localhost")).rejects.toThrow(/encrypted/);
  });
});
