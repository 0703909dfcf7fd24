/** Calls that are cancelled by a signal: before anything is sent nothing is sent, afterwards the server is told to stop. */
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, play } from "./play.ts";

const reason = new Error("enough");

/** What a server says to a RESET that overtakes a RUN and its PULL. */
async function interrupted(peer: ScriptedPeer) {
  await peer.receive("RESET");
  peer.failure("Neo.ClientError.Transaction.Terminated", "interrupted");
  peer.ignored();
  peer.success();
}

/** A signal, and its end. */
function cancelling() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(reason) };
}

describe("a signal that is aborted", () => {
  it("before the call sends nothing", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const signal = AbortSignal.abort(reason);
        expect(await failureOf(session.run("RETURN 1", {}, { signal }))).toBe(reason);
        expect(await failureOf(session.beginTransaction({ signal }))).toBe(reason);
        expect(await failureOf(session.executeRead((tx) => tx.run("RETURN 1"), { signal }))).toBe(reason);
        expect(await failureOf(db.executeQuery("RETURN 1", {}, { signal, routing: "READ" }))).toBe(reason);
        await session.run("RETURN 1");
      },
    );
  });

  it("while a query runs resets the connection, which stays in use", async () => {
    const { signal, abort } = cancelling();
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        abort();
        await interrupted(peer);
        await peer.result();
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session();
        expect(await failureOf(session.run("RETURN 1", {}, { signal }))).toBe(reason);
        await session.run("RETURN 2");
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("amid the records stops the reader at once", async () => {
    const { signal, abort } = cancelling();
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["n"] });
        peer.records([1], [2], [3]);
        await peer.receive("RESET");
        peer.failure("Neo.ClientError.Transaction.Terminated", "interrupted");
        peer.success();
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const seen: unknown[] = [];
        const reading = async () => {
          for await (const record of session.run("RETURN 1", {}, { signal })) {
            seen.push(record.get("n"));
            if (seen.length === 3) abort();
          }
        };
        expect(await failureOf(reading())).toBe(reason);
        expect(seen).toEqual([1, 2, 3]);
        await session.run("RETURN 2");
      },
    );
  });

  it("ends a managed transaction, and it is not tried again", async () => {
    const { signal, abort } = cancelling();
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        abort();
        await interrupted(peer);
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        expect(await failureOf(session.executeWrite((tx) => tx.run("CREATE ()"), { signal }))).toBe(reason);
        await session.run("RETURN 2");
      },
    );
  });

  it("while a connection is opened gives that up", async () => {
    const { signal, abort } = cancelling();
    await play(
      async (peer) => {
        await peer.receive("HELLO");
        await peer.receive("LOGON");
        abort();
        await peer.closed();
      },
      async (db) => {
        expect(await failureOf(db.session().run("RETURN 1", {}, { signal }))).toBe(reason);
      },
    );
  });
});
