/** A driver's life on real sockets: when they open, how they end, who shares them. */
import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
import { auth, type Driver, driver, ServiceUnavailable } from "@fulgur/neo4j-driver";
import { answering, type Conversation, type ScriptedServer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, play } from "./play.ts";

/** Answers every query, on any number of connections. */
const everything = answering(() => ({ fields: ["n"], records: [[1]] }));

/** One server for reads and one for writes and routes; both are the test's own. */
async function cluster<T>(
  use: (db: Driver, writer: ScriptedServer, reader: ScriptedServer) => Promise<T>,
  config = {},
) {
  await using reader = await startScriptedServer({ conversation: everything });
  let table: unknown;
  const routes: Conversation = async (peer) => {
    await peer.login();
    for (let next = await peer.receiveAny(); next?.type === "ROUTE"; next = await peer.receiveAny()) {
      peer.success({ rt: table });
    }
    await peer.closed();
  };
  await using writer = await startScriptedServer({ conversation: routes });
  const roles = { READ: [reader.address], WRITE: [writer.address], ROUTE: [writer.address] };
  const servers = Object.entries(roles).map(([role, addresses]) => ({ role, addresses }));
  table = { ttl: 300, db: "neo4j", servers };
  await using db = driver(`neo4j://${writer.address}`, auth.basic("neo4j", "x"), config);
  return await use(db, writer, reader);
}

describe("a driver", () => {
  it("opens its first socket when something is verified or run (DRV-10, OLD-31)", async () => {
    await using server = await startScriptedServer({ conversation: everything });
    await using db = driver(server.uri, auth.none());
    await db.session().close();
    await new Promise(setImmediate);
    expect(server.peers).toHaveLength(0);
    await db.verifyConnectivity();
    expect(server.peers).toHaveLength(1);
  });

  it("says GOODBYE on each idle socket at the end of its scope, and closes them (DRV-03, DRV-04)", async () => {
    await using server = await startScriptedServer({ conversation: everything });
    {
      await using db = driver(server.uri, auth.none());
      await Promise.all(Array.from({ length: 3 }, () => db.executeQuery("RETURN 1")));
    }
    expect(server.peers.length).toBeGreaterThan(0);
    for (const peer of server.peers) {
      await peer.closed();
      expect(peer.flights.at(-1)).toEqual(["GOODBYE"]);
    }
  });

  it("may be closed twice, and by two at once (DRV-04)", async () => {
    await using server = await startScriptedServer({ conversation: everything });
    const db = driver(server.uri, auth.none());
    await db.executeQuery("RETURN 1");
    await Promise.all([db.close(), db.close()]);
    await db.close();
    await server.peers[0]!.closed();
    expect(server.peers[0]!.flights.flat().filter((name) => name === "GOODBYE")).toHaveLength(1);
  });

  it("is shared by 200 calls at the same time (DRV-09)", async () => {
    await using server = await startScriptedServer({ conversation: everything });
    await using db = driver(server.uri, auth.none(), { maxConnectionPoolSize: 10 });
    const results = await Promise.all(
      Array.from({ length: 200 }, () => db.executeQuery<{ n: number }>("RETURN 1 AS n")),
    );
    expect(results.flatMap(({ records }) => records.map((record) => record.get("n")))).toEqual(Array(200).fill(1));
    expect(server.peers.length).toBeLessThanOrEqual(10);
  });
});

describe("workers", () => {
  const start = (uri: string) =>
    new Worker(new URL("./driver-in-worker.ts", import.meta.url), {
      workerData: { uri },
      execArgv: ["--conditions=@fulgur/source"],
    });

  it("have a driver each (OLD-33)", async () => {
    await using server = await startScriptedServer({ conversation: everything });
    const workers = [start(server.uri), start(server.uri)];
    const answers = await Promise.all(workers.map((worker) => once(worker, "message")));
    expect(answers).toEqual([[[1]], [[1]]]);
    expect(server.peers).toHaveLength(2);
    await Promise.all(workers.map((worker) => worker.terminate()));
  });

  it("can't be sent one (DRV-09, OLD-33)", async () => {
    await using db = driver("bolt://localhost", auth.none());
    const { port1, port2 } = new MessageChannel();
    expect(() => port1.postMessage(db)).toThrow(/could not be cloned/);
    port1.close();
    port2.close();
  });
});

describe("verifying connectivity", () => {
  it("tests a connection of the pool by RESET, whatever the liveness check says (DRV-11)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.result();
        await peer.accept("RESET");
        await peer.closed();
      },
      async (db) => {
        await db.session().run("RETURN 1");
        await db.verifyConnectivity();
      },
    );
  });

  it("replaces a connection of the pool that has died meanwhile (DRV-11)", async () => {
    await play(
      async (peer, connection) => {
        await peer.login();
        if (connection === 0) {
          await peer.result();
          await peer.receive("RESET");
          peer.destroy();
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        await db.session().run("RETURN 1");
        await db.verifyConnectivity();
        expect(peers).toHaveLength(2);
      },
    );
  });

  it("asks a cluster's router, and then a reader (DRV-11, DRV-12, DRV-15)", async () => {
    await cluster(async (db, writer, reader) => {
      await db.verifyConnectivity();
      expect(writer.peers.map((peer) => peer.flights.flat())).toEqual([["HELLO", "LOGON", "ROUTE"]]);
      expect(reader.peers.map((peer) => peer.flights.flat())).toEqual([["HELLO", "LOGON"]]);
      expect((await db.getServerInfo()).address).toBe(reader.address);
      expect(await db.supportsSessionAuth()).toBe(true);
    });
  });
});

describe("maxConnectionPoolSize", () => {
  it("counts by server: with a limit of 1 a writer and a reader have one connection each (DRV-24, OLD-10)", async () => {
    await cluster(
      async (db, writer, reader) => {
        const tx = await db.session({ defaultAccessMode: "READ" }).beginTransaction();
        await tx.run("RETURN 1");
        expect([writer.peers.length, reader.peers.length]).toEqual([1, 1]);
        const late = db.session({ defaultAccessMode: "READ", connectionAcquisitionTimeout: 30 });
        expect((await failureOf(late.run("RETURN 1"))).name).toBe("ConnectionAcquisitionTimeoutError");
        expect([writer.peers.length, reader.peers.length]).toEqual([1, 1]);
        await tx.commit();
      },
      { maxConnectionPoolSize: 1 },
    );
  });
});

describe("connectionWriteTimeout", () => {
  it("gives up a server that reads nothing of what is sent (DRV-36)", async () => {
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    await play(
      async (peer) => {
        await peer.login();
        peer.stopReading();
        await over;
        peer.destroy();
      },
      async (db) => {
        const parameters = { bytes: new Uint8Array(64 << 20) };
        const error = await failureOf(db.session().run("RETURN $bytes", parameters)).finally(() => end());
        expect(error).toBeInstanceOf(ServiceUnavailable);
        expect(error.message).toMatch(/40 ms.*connectionWriteTimeout/);
      },
      { config: { connectionWriteTimeout: 40 } },
    );
  });
});
