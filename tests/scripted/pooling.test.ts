/** Connections that are kept, tested, waited for and given up. */
import { ConnectionAcquisitionTimeoutError, DriverError, ServiceUnavailable } from "@fulgur/neo4j-driver";
import type { Conversation } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { conversation, failingQuery, query } from "./exchanges.ts";
import { failureOf, play } from "./play.ts";

const answers =
  (count: number): Conversation =>
  async (peer) => {
    await peer.login();
    for (let i = 0; i < count; i++) await peer.result({ fields: ["n"], records: [[i]] });
    await peer.closed();
  };

describe("a pool", () => {
  it("of one connection serves one after the other (DRV-24)", async () => {
    await play(
      answers(5),
      async (db, { peers }) => {
        await Promise.all(Array.from({ length: 5 }, () => db.session().run("RETURN 1")));
        expect(peers).toHaveLength(1);
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("opens no more connections than it may, and uses them again", async () => {
    let logins = 0;
    await play(
      async (peer) => {
        await peer.login();
        logins++;
        for (let next = await peer.receiveAny(); next?.type === "RUN"; next = await peer.receiveAny()) {
          await peer.receive("PULL");
          peer.success({ fields: [] });
          peer.success();
        }
        await peer.closed();
      },
      async (db) => {
        await Promise.all(Array.from({ length: 40 }, () => db.session().run("RETURN 1")));
      },
      { config: { maxConnectionPoolSize: 3 } },
    );
    expect(logins).toBeLessThanOrEqual(3);
  });

  it("whose connections are all in use says so after connectionAcquisitionTimeout (DRV-18, SES-24)", async () => {
    await play(
      conversation("BEGIN", "ROLLBACK"),
      async (db) => {
        const tx = await db.session().beginTransaction();
        const session = db.session({ connectionAcquisitionTimeout: 30 });
        const error = await failureOf(session.run("RETURN 1"));
        expect(error).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
        expect(error.message).toContain("30");
        await tx.rollback();
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("tests an idle connection by RESET when it is told to (DRV-23)", async () => {
    await play(
      conversation(query(), "RESET", query()),
      async (db) => {
        await db.session().run("RETURN 1");
        await db.session().run("RETURN 2");
      },
      { config: { connectionLivenessCheckTimeout: 0 } },
    );
  });

  it("replaces a connection that does not survive the test", async () => {
    await play(
      async (peer, connection) => {
        await peer.login();
        await peer.result();
        if (connection === 0) {
          await peer.receive("RESET");
          peer.destroy();
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        await db.session().run("RETURN 1");
        await db.session().run("RETURN 2");
        expect(peers).toHaveLength(2);
      },
      { config: { connectionLivenessCheckTimeout: 0 } },
    );
  });

  it("does not use a connection beyond its age (DRV-22)", async () => {
    await play(
      answers(1),
      async (db, { peers }) => {
        await db.session().run("RETURN 1");
        await db.session().run("RETURN 2");
        expect(peers).toHaveLength(2);
        expect(peers[0]!.flights.at(-1)).toEqual(["GOODBYE"]);
      },
      { config: { maxConnectionLifetime: 0 } },
    );
  });
});

describe("closing", () => {
  it("a session rolls back what is open, and says nothing else", async () => {
    await play(conversation("BEGIN", query(), "ROLLBACK"), async (db) => {
      const session = db.session();
      const tx = await session.beginTransaction();
      await tx.run("CREATE ()");
      await session.close();
    });
  });

  it("a driver fails what runs, says GOODBYE on idle connections, and refuses new work (DRV-04)", async () => {
    await play(
      async (peer, connection) => {
        await peer.login();
        if (connection === 0) await peer.receive("BEGIN").then(() => peer.success());
        await peer.receive("RUN");
        await peer.receive("PULL");
        if (connection > 0) {
          peer.success({ fields: [] });
          peer.success();
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        const tx = await db.session().beginTransaction();
        const running = failureOf(tx.run("RETURN 1"));
        await db.session().run("RETURN 2");
        while (peers[0]!.flights.flat().at(-1) !== "PULL") await new Promise(setImmediate);
        await db.close();
        const error = await running;
        expect(error).toBeInstanceOf(DriverError);
        expect(error).not.toBeInstanceOf(ServiceUnavailable);
        expect(() => db.session()).toThrow(DriverError);
        await peers[1]!.closed();
        expect(peers[1]!.flights.at(-1)).toEqual(["GOODBYE"]);
      },
    );
  });
});

describe("a driver that is closed while a connection opens", () => {
  it.each([
    ["in the handshake", new Uint8Array(0)],
    ["in the login", undefined],
  ])("%s gives up at once, and so does who waits for it (DRV-04)", async (_, handshake) => {
    await play(
      async (peer) => {
        await peer.opened();
        if (handshake === undefined) {
          await peer.receive("HELLO");
          await peer.receive("LOGON");
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        const waiting = failureOf(db.session().run("RETURN 1"));
        while (peers.length === 0) await new Promise(setImmediate);
        await peers[0]!.opened();
        while (handshake === undefined && peers[0]!.received.length < 2) await new Promise(setImmediate);
        await db.close();
        expect((await waiting).message).toContain("closed");
        await peers[0]!.closed();
      },
      handshake === undefined ? {} : { handshake },
    );
  });
});

describe("a connection whose authorization has expired", () => {
  it("and can't log in anew is not used again, nor are the idle ones beside it (AUTH-29)", async () => {
    await play(
      async (peer, connection) => {
        await peer.login();
        await peer.accept("BEGIN");
        if (connection === 0) {
          await failingQuery("Neo.ClientError.Security.AuthorizationExpired")(peer);
        } else {
          await peer.accept("ROLLBACK");
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        const [first, second] = [await db.session().beginTransaction(), await db.session().beginTransaction()];
        await second.rollback();
        expect((await failureOf(first.run("RETURN 1"))).code).toBe("Neo.ClientError.Security.AuthorizationExpired");
        await first.close();
        await (await db.session().beginTransaction()).rollback();
        expect(peers).toHaveLength(3);
      },
      { version: "5.0" },
    );
  });
});

describe("a request that is larger than a chunk", () => {
  it.each([1, 16_383, 65_535, 65_536, 1_000_000])("with a text of %i bytes arrives whole", async (length) => {
    const text = "é".repeat(Math.ceil(length / 2));
    await play(
      async (peer) => {
        await peer.login();
        const { run } = await peer.result();
        expect(run.parameters.text === text).toBe(true);
        await peer.closed();
      },
      async (db) => {
        await db.session().run("RETURN $text", { text });
      },
    );
  });
});
