/** The `neo4j` schemes: whose routing table, where work goes by it, and when another one is asked for. */
import {
  Bookmarks,
  ClientError,
  type Config,
  type Driver,
  driver,
  RoutingServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
  WriteServiceUnavailable,
} from "@fulgur/neo4j-driver";
import { type Conversation, type ScriptedPeer, type ScriptedServer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, hurryRetries, play, token } from "./play.ts";

interface Table {
  readonly routers?: readonly string[];
  readonly readers?: readonly string[];
  readonly writers?: readonly string[];
  readonly ttl?: number;
  readonly db?: string;
}

/** A table with this address in every role that isn't given. */
function table(address: string, { routers, readers, writers, ttl = 300, db = "neo4j" }: Table = {}) {
  return {
    rt: {
      ttl,
      db,
      servers: [
        { role: "WRITE", addresses: writers ?? [address] },
        { role: "READ", addresses: readers ?? [address] },
        { role: "ROUTE", addresses: routers ?? [address] },
      ],
    },
  };
}

async function committed(peer: ScriptedPeer) {
  const begin = await peer.accept("BEGIN");
  await peer.result();
  await peer.accept("COMMIT", { bookmark: "b" });
  return begin;
}

const write = (db: Driver, database?: string) =>
  db.session(database === undefined ? {} : { database }).executeWrite((tx) => tx.run("CREATE ()"));

/** Servers that know each other's addresses, each with a script; a driver for the first of them. */
async function playCluster(
  conversations: readonly ((peer: ScriptedPeer, connection: number, addresses: readonly string[]) => Promise<void>)[],
  use: (db: Driver, servers: readonly ScriptedServer[]) => Promise<void>,
  config?: Config,
): Promise<void> {
  const servers: ScriptedServer[] = [];
  const addresses: string[] = [];
  for (const conversation of conversations) {
    const server = await startScriptedServer({ conversation: (peer, at) => conversation(peer, at, addresses) });
    servers.push(server);
    addresses.push(server.address);
  }
  const db = driver(`neo4j://${addresses[0]}?policy=near`, token, config);
  try {
    await use(db, servers);
    await db.close();
    for (const server of servers) await server.finished();
  } finally {
    await db.close();
    for (const server of servers) await server.stop();
  }
}

describe("one server", () => {
  it("is asked for the home database's table, whose name is then said (CONN-21, SES-14)", async () => {
    await play(
      async (peer) => {
        const { extra } = await peer.login();
        const address = extra.routing?.address ?? "";
        expect(extra.routing).toEqual({ address: peer.address });
        const route = await peer.accept("ROUTE", table(address, { db: "home" }));
        expect(route).toMatchObject({ routing: { address }, bookmarks: [], extra: {} });
        expect((await committed(peer)).extra).toEqual({ db: "home" });
        // The session knows by now; another one doesn't.
        expect((await committed(peer)).extra).toMatchObject({ db: "home", mode: "r" });
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        await session.executeWrite((tx) => tx.run("CREATE ()"));
        await session.executeRead((tx) => tx.run("RETURN 1"));
      },
      { scheme: "neo4j", version: "5.4" },
    );
  });

  it("is asked once for a named database, with bookmarks and the impersonated user", async () => {
    await play(
      async (peer) => {
        await peer.login();
        const route = await peer.accept("ROUTE", table(peer.address, { db: "other" }));
        expect(route.extra).toEqual({ db: "other" });
        await committed(peer);
        await committed(peer);
        const again = await peer.accept("ROUTE", table(peer.address, { db: "third" }));
        expect(again.extra).toEqual({ db: "third", impUser: "bob" });
        expect(again.bookmarks).toEqual(["seen"]);
        expect((await committed(peer)).extra).toEqual({ db: "third", impUser: "bob", bookmarks: ["seen"] });
        await peer.closed();
      },
      async (db) => {
        await write(db, "other");
        await write(db, "other");
        const session = db.session({
          database: "third",
          impersonatedUser: "bob",
          bookmarks: Bookmarks.fromRawValues(["seen"]),
        });
        await session.executeWrite((tx) => tx.run("CREATE ()"));
      },
      { scheme: "neo4j" },
    );
  });

  it("gets a reading executeQuery in one write, database and mode included (EQ-08)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("ROUTE", table(peer.address, { db: "home" }));
        const begin = await peer.receive("BEGIN");
        expect(begin.extra).toEqual({ mode: "r", db: "home" });
        await peer.receive("RUN");
        expect((await peer.receive("PULL")).extra).toEqual({ n: -1 });
        await peer.receive("COMMIT");
        peer.success();
        peer.success({ fields: ["n"], qid: 0 });
        peer.record(1);
        peer.success({ type: "r", db: "home" });
        peer.success({ bookmark: "b" });
        await peer.closed();
      },
      async (db, { peers }) => {
        const { records, summary, keys } = await db.executeQuery("RETURN 1 AS n", {}, { routing: "READ" });
        expect(records.map((record) => record.toObject())).toEqual([{ n: 1 }]);
        expect(keys).toEqual(["n"]);
        expect(summary.database.name).toBe("home");
        expect(peers[0]!.flights.at(-1)).toEqual(["BEGIN", "RUN", "PULL", "COMMIT"]);
      },
      { scheme: "neo4j" },
    );
  });

  it("is asked again when its table is out of date", async () => {
    await play(
      async (peer) => {
        await peer.login();
        for (let time = 0; time < 2; time++) {
          await peer.accept("ROUTE", table(peer.address, { ttl: 0 }));
          await committed(peer);
        }
        await peer.closed();
      },
      async (db) => {
        await write(db, "neo4j");
        await write(db, "neo4j");
      },
      { scheme: "neo4j" },
    );
  });

  it.each([
    "Neo.ClientError.Database.DatabaseNotFound",
    "Neo.ClientError.Transaction.InvalidBookmark",
    "Neo.ClientError.Security.Forbidden",
  ])("that answers ROUTE with %s has the last word", async (code) => {
    const error = await play(
      async (peer) => {
        await peer.login();
        await peer.receive("ROUTE");
        peer.failure(code, "no");
        await peer.accept("RESET");
        await peer.closed();
      },
      (db) => failureOf(write(db, "nowhere")),
      { scheme: "neo4j" },
    );
    expect(error).toBeInstanceOf(ClientError);
    expect(error.code).toBe(code);
  });

  it.each<[string, Table]>([
    ["without routers", { routers: [] }],
    ["without readers", { readers: [] }],
  ])("that gives a table %s can't be used (ERR-29)", async (_, given) => {
    const error = await play(
      async (peer) => {
        await peer.login();
        await peer.accept("ROUTE", table(peer.address, given));
        await peer.closed();
      },
      (db) => failureOf(write(db, "neo4j")),
      { scheme: "neo4j", config: { maxTransactionRetryTime: 0 } },
    );
    expect(error).toBeInstanceOf(RoutingServiceUnavailable);
    expect(error).toBeInstanceOf(ServiceUnavailable);
  });

  it("that knows no writer makes writing wait, and reading go on (ERR-29)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("ROUTE", table(peer.address, { writers: [] }));
        expect((await committed(peer)).extra.mode).toBe("r");
        await peer.accept("ROUTE", table(peer.address, { writers: [] }));
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ database: "neo4j" });
        await session.executeRead((tx) => tx.run("RETURN 1"));
        const error = await failureOf(write(db, "neo4j"));
        expect(error).toBeInstanceOf(SessionExpired);
        expect(error.cause).toBeInstanceOf(WriteServiceUnavailable);
      },
      { scheme: "neo4j", config: { maxTransactionRetryTime: 0 } },
    );
  });
});

describe("a cluster", () => {
  const serves =
    (mode: "r" | undefined, times = 1): Conversation =>
    async (peer) => {
      await peer.login();
      for (let time = 0; time < times; time++) expect((await committed(peer)).extra.mode).toBe(mode);
      await peer.closed();
    };

  it("reads where it reads and writes where it writes, and tells every member the context (CONN-10)", async () => {
    await playCluster(
      [
        async (peer, _, [router = "", reader = "", writer = ""]) => {
          const hello = await peer.login();
          expect(hello.extra.routing).toEqual({ address: router, policy: "near" });
          const { routing } = await peer.accept("ROUTE", table(router, { readers: [reader], writers: [writer] }));
          expect(routing).toEqual({ address: router, policy: "near" });
          await peer.closed();
        },
        serves("r"),
        async (peer, at, [router = ""]) => {
          await serves(undefined)(peer, at);
          expect(peer.received[0]).toMatchObject({ extra: { routing: { address: router, policy: "near" } } });
        },
      ],
      async (db) => {
        const session = db.session({ database: "neo4j" });
        await session.executeRead((tx) => tx.run("RETURN 1"));
        await session.executeWrite((tx) => tx.run("CREATE ()"));
      },
    );
  });

  it.each(["Neo.ClientError.Cluster.NotALeader", "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase"])(
    "that has another leader by now is asked again after %s, and the work done there (ERR-15, ERR-16)",
    async (code) => {
      hurryRetries();
      await playCluster(
        [
          async (peer, _, [router = "", old = "", leader = ""]) => {
            await peer.login();
            await peer.accept("ROUTE", table(router, { readers: [router], writers: [old] }));
            await peer.accept("ROUTE", table(router, { readers: [router], writers: [leader] }));
            await peer.closed();
          },
          async (peer) => {
            await peer.login();
            await peer.accept("BEGIN");
            await peer.receive("RUN");
            await peer.receive("PULL");
            peer.failure(code);
            peer.ignored();
            await peer.accept("RESET");
            await peer.closed();
          },
          serves(undefined),
        ],
        async (db) => {
          await write(db, "neo4j");
        },
      );
    },
  );

  it("of which a member's database is unavailable is forgotten, and the work done elsewhere (ERR-14)", async () => {
    hurryRetries();
    await playCluster(
      [
        async (peer, _, [router = "", unavailable = "", other = ""]) => {
          await peer.login();
          await peer.accept("ROUTE", table(router, { readers: [unavailable], writers: [unavailable] }));
          await peer.accept("ROUTE", table(router, { readers: [other], writers: [other] }));
          await peer.closed();
        },
        async (peer) => {
          await peer.login();
          await peer.accept("BEGIN");
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.failure("Neo.TransientError.General.DatabaseUnavailable");
          peer.ignored();
          await peer.accept("RESET");
          await peer.closed();
        },
        serves(undefined),
      ],
      async (db, servers) => {
        await write(db, "neo4j");
        await servers[1]?.peers[0]?.closed();
        expect(servers[1]?.peers[0]?.flights.at(-1)).toEqual(["GOODBYE"]);
      },
    );
  });

  it("of which a member is gone does the work elsewhere", async () => {
    await playCluster(
      [
        async (peer, _, [router = "", reader = ""]) => {
          await peer.login();
          // Nobody listens at port 1.
          await peer.accept("ROUTE", table(router, { readers: ["127.0.0.1:1", reader] }));
          await peer.closed();
        },
        serves("r", 3),
      ],
      async (db) => {
        const session = db.session({ database: "neo4j" });
        for (let time = 0; time < 3; time++) await session.executeRead((tx) => tx.run("RETURN 1"));
      },
    );
  });

  it("whose router is lost asks the next one, and the URI's own address last", async () => {
    await playCluster(
      [
        async (peer, _, [first = "", second = ""]) => {
          await peer.login();
          const members = { routers: [second], readers: [second], writers: [second], ttl: 0 };
          await peer.accept("ROUTE", table(first, members));
          // The connection was idle meanwhile, and is good for another question.
          await peer.accept("ROUTE", table(first));
          await committed(peer);
          await peer.closed();
        },
        async (peer) => {
          await peer.login();
          await committed(peer);
          // The second question for a table.
          await peer.receive("ROUTE");
          peer.destroy();
          await peer.closed();
        },
      ],
      async (db) => {
        await write(db, "neo4j");
        await write(db, "neo4j");
      },
    );
  });
});
