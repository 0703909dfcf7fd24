/** A cluster in which things happen, as drivers and their users meet it. */
import {
  auth,
  type Config,
  type Driver,
  driver,
  IncompleteCommit,
  RoutingServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
  WriteServiceUnavailable,
} from "@fulgur/neo4j-driver";
import { type ScriptedCluster, type ScriptedClusterOptions, startScriptedCluster } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, hurryRetries } from "./play.ts";

interface Play extends ScriptedClusterOptions {
  readonly config?: Config;
}

async function playCluster(
  use: (db: Driver, cluster: ScriptedCluster) => Promise<void>,
  { config, ...options }: Play = {},
): Promise<void> {
  await using cluster = await startScriptedCluster(options);
  await using db = driver(cluster.uri, auth.none(), config);
  await use(db, cluster);
}

const read = (db: Driver, database = "neo4j") =>
  db.session({ database }).executeRead((tx) => tx.run("RETURN 1").then(({ summary }) => summary.server.address));
const write = (db: Driver, database = "neo4j") =>
  db.session({ database }).executeWrite((tx) => tx.run("CREATE ()").then(({ summary }) => summary.server.address));
const never = { config: { maxTransactionRetryTime: 0 } };

describe("work in a cluster", () => {
  it("goes to the leader when it writes, and to all the others in turn when it reads (CONN-16, CONN-20)", async () => {
    await playCluster(async (db, { leader, followers }) => {
      expect(await write(db)).toBe(leader?.address);
      const readers = await Promise.all(Array.from({ length: 8 }, () => read(db)));
      for (const { address } of followers) expect(readers.filter((reader) => reader === address)).toHaveLength(4);
    });
  });

  it("may have as many connections to each member as the pool's size says (OLD-10, DRV-24)", async () => {
    await playCluster(
      async (db, { followers }) => {
        const sessions = followers.map(() => db.session({ database: "neo4j", defaultAccessMode: "READ" }));
        const open = await Promise.all(sessions.map((session) => session.beginTransaction()));
        await Promise.all(open.map((tx) => tx.run("RETURN 1")));
        expect(followers.map(({ connections }) => connections)).toEqual([1, 1]);
        await Promise.all(open.map((tx) => tx.rollback()));
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("with a single member goes there, by a routing table all the same (CONN-15)", async () => {
    await playCluster(
      async (db, { members: [only] }) => {
        expect([await write(db), await read(db)]).toEqual([only?.address, only?.address]);
        expect(only?.tableRequests).toBe(1);
      },
      { members: 1 },
    );
  });

  it("never leaves the URI's address with bolt, and asks for no table (CONN-17)", async () => {
    await using cluster = await startScriptedCluster();
    const [leader, follower] = cluster.members;
    await using db = driver(follower!.uri, auth.none(), { maxTransactionRetryTime: 0 });
    expect(await read(db)).toBe(follower?.address);
    expect((await failureOf(write(db))).code).toBe("Neo.ClientError.Cluster.NotALeader");
    expect(cluster.members.map(({ tableRequests }) => tableRequests)).toEqual([0, 0, 0]);
    expect(leader?.connections).toBe(0);
    expect(follower?.queries.map(({ mode }) => mode)).toEqual(["READ", "WRITE"]);
  });
});

describe("when the leader changes", () => {
  it("a write that met the old one is done by the new one, once (CONN-20, ERR-15)", async () => {
    hurryRetries();
    await playCluster(async (db, cluster) => {
      await write(db);
      const [next] = cluster.followers;
      cluster.elect(next);
      expect(await write(db)).toBe(next?.address);
      expect(cluster.commits.map(({ member }) => member.name)).toEqual(["server1", "server2"]);
    });
  });

  it("there may be none for a while: writes wait, reads go on (CONN-19, CONN-20)", async () => {
    const delays = hurryRetries();
    await playCluster(async (db, cluster) => {
      const [first] = cluster.members;
      cluster.elect(undefined);
      expect(await read(db)).toMatch(/^127/);
      const work = write(db);
      while (delays.length < 2) await new Promise(setImmediate);
      cluster.elect(first);
      expect(await work).toBe(first?.address);
      expect(cluster.commits).toHaveLength(2);
    });
  });

  it("and none comes, writing fails by name (CONN-19, ERR-29)", async () => {
    await playCluster(async (db, cluster) => {
      cluster.elect(undefined);
      const error = await failureOf(write(db));
      expect(error).toBeInstanceOf(SessionExpired);
      expect(error.cause).toBeInstanceOf(WriteServiceUnavailable);
      expect(error.message).toBe('No server that takes writes is known for database "neo4j".');
    }, never);
  });
});

describe("when members are lost", () => {
  it("all restart one after the other, and no write is lost or done twice (CONN-20, TX-29)", async () => {
    hurryRetries();
    await playCluster(async (db, cluster) => {
      let isOver = false;
      let attempted = 0;
      const unknown = new Set<number>();
      const more = async (count: number) => {
        const before = cluster.commits.length;
        while (cluster.commits.length < before + count) await new Promise(setImmediate);
      };
      const writers = Array.from({ length: 8 }, async () => {
        while (!isOver) {
          const number = ++attempted;
          const session = db.session({ database: "neo4j" });
          const work = session.executeWrite((tx) => tx.run("CREATE (:Order {number: $number})", { number }));
          await work.catch((error: unknown) => {
            // Nobody knows then, and it isn't done again.
            if (!(error instanceof IncompleteCommit)) throw error;
            unknown.add(number);
          });
          await session.close();
        }
      });
      await more(20);
      await cluster.rollingRestart(() => more(20));
      isOver = true;
      await Promise.all(writers);
      const numbers = cluster.commits.map(({ queries: [query] }) => Number(query?.parameters.number));
      expect(new Set(numbers).size).toBe(numbers.length);
      const lost = Array.from({ length: attempted }, (_, at) => at + 1).filter((number) => !numbers.includes(number));
      expect(lost.filter((number) => !unknown.has(number))).toEqual([]);
    });
  });

  it("the first router is gone: the others are asked, and the URI's own address again at last (CONN-20)", async () => {
    await playCluster(
      async (db, cluster) => {
        const [first, second, third] = cluster.members;
        await read(db);
        await first!.stop();
        cluster.elect(second);
        expect(await write(db)).toBe(second?.address);
        expect((second?.tableRequests ?? 0) + (third?.tableRequests ?? 0)).toBeGreaterThan(0);
        await second!.stop();
        await third!.stop();
        await first!.start();
        cluster.elect(first);
        expect(await write(db)).toBe(first?.address);
      },
      { ttl: 0 },
    );
  });

  it("and nobody is left, each that was asked is named (CONN-19)", async () => {
    await playCluster(async (db, cluster) => {
      await cluster.stop();
      const error = await failureOf(read(db));
      expect(error).toBeInstanceOf(RoutingServiceUnavailable);
      expect(error.message).toContain(`asked ${cluster.members[0]?.address}`);
      expect(error.message).toContain("nothing listens there");
    }, never);
  });

  it("a member that is cut off is passed over when loginTimeout is over (CONN-20, CONN-42)", async () => {
    await playCluster(
      async (db, cluster) => {
        const [first, second] = cluster.members;
        await read(db);
        // Both connections to it stay open, and nothing comes from it.
        first!.isolate();
        cluster.elect(second);
        expect(await write(db, "other")).toBe(second?.address);
        expect(first?.tableRequests).toBe(1);
        first!.rejoin();
      },
      { config: { loginTimeout: 100 }, ttl: 0 },
    );
  });

  it("a commit of which nobody knows isn't done again; one that wasn't done is (CONN-20)", async () => {
    hurryRetries();
    await playCluster(async (db, cluster) => {
      cluster.leader!.cutAt("COMMIT", "after");
      expect(await failureOf(write(db))).toBeInstanceOf(IncompleteCommit);
      expect(cluster.commits).toHaveLength(1);
      cluster.leader!.cutAt("RUN");
      await write(db);
      expect(cluster.commits).toHaveLength(2);
    });
  });

  it("a database that is unavailable on a member is asked for elsewhere (CONN-20, ERR-14)", async () => {
    hurryRetries();
    await playCluster(async (db, { followers: [sick, well] }) => {
      sick!.fail("Neo.TransientError.General.DatabaseUnavailable", { times: 5 });
      const readers = await Promise.all(Array.from({ length: 4 }, () => read(db)));
      expect(readers).toEqual(readers.map(() => well?.address));
    });
  });
});

describe("when a router is wrong", () => {
  it.each([
    ["no routers", { routers: [] }],
    ["no readers", { readers: [] }],
    ["nothing at all", { routers: [], readers: [], writers: [] }],
    ["addresses that are none", { readers: ["nowhere:port"], writers: ["::"] }],
  ])("and knows %s, another one is asked (CONN-20)", async (_, table) => {
    await playCluster(
      async (db, cluster) => {
        const [first, second, third] = cluster.members;
        await read(db);
        for (const liar of [first, second]) liar?.say(table);
        cluster.elect(third);
        expect(await write(db)).toBe(third?.address);
        expect(third?.tableRequests).toBe(1);
      },
      { ttl: 0 },
    );
  });

  it("and names a follower as the leader, writes fail until one tells the truth (CONN-20, ERR-15)", async () => {
    const delays = hurryRetries();
    await playCluster(async (db, cluster) => {
      const [leader, follower] = cluster.members;
      for (const member of cluster.members) member.say({ writers: [follower!] });
      const work = write(db);
      while (delays.length < 2) await new Promise(setImmediate);
      for (const member of cluster.members) member.say(undefined);
      expect(await work).toBe(leader?.address);
      expect(follower?.queries.length).toBeGreaterThanOrEqual(2);
      expect(cluster.commits).toHaveLength(1);
    });
  });

  it("and all of them are, that is an error that names each (CONN-19)", async () => {
    await playCluster(async (db, cluster) => {
      for (const member of cluster.members) member.say({ readers: [] });
      const error = await failureOf(read(db));
      expect(error).toBeInstanceOf(ServiceUnavailable);
      expect(error.message).toContain("gave a routing table without routers or without readers");
    }, never);
  });
});

describe("a slow member", () => {
  it("gets less to do than the others (CONN-16)", async () => {
    await playCluster(async (db, { followers: [slow, fast] }) => {
      await read(db);
      slow!.delay = 20;
      const before = slow!.queries.length + fast!.queries.length;
      const readers = Array.from({ length: 4 }, async () => {
        for (let i = 0; i < 10; i++) await read(db);
      });
      await Promise.all(readers);
      expect(slow!.queries.length + fast!.queries.length - before).toBe(40);
      expect(fast!.queries.length).toBeGreaterThan(2 * slow!.queries.length);
    });
  });
});
