/** COMMIT answered by a server that has lost its database: what it came to is unknown, and a write isn't done twice. (ERR, TX) */
import { DatabaseUnavailable, IncompleteCommit } from "@fulgur/neo4j-driver";
import type { Conversation } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, hurryRetries, play } from "./play.ts";

const code = "Neo.TransientError.General.DatabaseUnavailable";

/** Transactions, of which the first one's COMMIT isn't answered by SUCCESS. */
function firstCommit(answered: (peer: Parameters<Conversation>[0]) => void): Conversation {
  let isFirst = true;
  return async (peer) => {
    await peer.login();
    for (;;) {
      const request = await peer.receiveAny();
      if (request === undefined || request.type === "GOODBYE") return;
      if (request.type === "RUN") peer.success({ fields: [] });
      else if (request.type === "COMMIT" && isFirst) {
        isFirst = false;
        answered(peer);
      } else peer.success(request.type === "COMMIT" ? { bookmark: "b" } : {});
    }
  };
}

async function attempts(conversation: Conversation, method: "executeRead" | "executeWrite") {
  hurryRetries();
  return play(conversation, async (db) => {
    let count = 0;
    const error = await db
      .session()
      [method]((tx) => {
        count++;
        return tx.run("Q");
      })
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    return { count, error };
  });
}

describe("a COMMIT that is answered by a lost database", () => {
  const lost = firstCommit((peer) => peer.failure(code, "shuts down", { gqlStatus: "08N09" }));

  it("is in doubt: a write isn't tried again (ERR-30, TX-29)", async () => {
    const { count, error } = await attempts(lost, "executeWrite");
    expect(error).toBeInstanceOf(IncompleteCommit);
    expect(error).toMatchObject({
      message: expect.stringMatching(/lost its database during COMMIT.*Look at the data/),
    });
    expect((error as Error).cause).toBeInstanceOf(DatabaseUnavailable);
    expect(count).toBe(1);
  });

  it.each<[string, Conversation]>([
    ["the database was lost", firstCommit((peer) => peer.failure(code, "shuts down", { gqlStatus: "08N09" }))],
    ["the connection was lost", firstCommit((peer) => peer.destroy())],
  ])("is tried again when the transaction only read: %s (TX-23)", async (_, conversation) => {
    expect(await attempts(conversation, "executeRead")).toEqual({ count: 2, error: undefined });
  });

  it("is in doubt by hand, too (ERR-30)", async () => {
    const again = firstCommit((peer) => peer.failure(code, "shuts down", { gqlStatus: "08N09" }));
    await play(again, async (db) => {
      const tx = await db.session().beginTransaction();
      await tx.run("Q");
      expect(await failureOf(tx.commit())).toBeInstanceOf(IncompleteCommit);
    });
  });

  it("is a failure like any other where the server's status doesn't say so (TX-23)", async () => {
    const plain = firstCommit((peer) => peer.failure(code, "busy"));
    expect(await attempts(plain, "executeWrite")).toEqual({ count: 2, error: undefined });
  });
});
