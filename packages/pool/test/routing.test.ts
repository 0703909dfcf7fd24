import {
  AuthError,
  BoltProtocolError,
  ClientError,
  ConfigurationError,
  ConnectionAcquisitionTimeoutError,
  NotALeader,
  ReadServiceUnavailable,
  RoutingServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
  TransientError,
  WriteServiceUnavailable,
} from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { Cluster, table } from "./cluster.ts";
import { settle } from "./fake-clock.ts";

/** A router that takes the question and never answers. */
const silent = () => new Promise<never>(() => {});

function threeMembers(): Cluster {
  const cluster = new Cluster();
  cluster.members.set("seed:7687", { route: () => table({}) });
  for (const address of ["r1:7687", "r2:7687", "w:7687"]) cluster.members.set(address, {});
  return cluster;
}

async function addressFor(cluster: Cluster, mode: "READ" | "WRITE", database?: string): Promise<string> {
  const { connection, release } = await cluster.router.acquire({ mode, database });
  await release();
  return (connection as unknown as { address: string }).address;
}

describe("routing", () => {
  it("asks the URI's address first, with the routing context and what the answer must have seen (CONN-10, CONN-15)", async () => {
    const cluster = threeMembers();
    await cluster.router.acquire({ mode: "READ", database: "movies", bookmarks: ["b1"], impersonatedUser: "ann" });
    expect(cluster.asked).toEqual([
      {
        address: "seed:7687",
        routing: { policy: "europe", address: "seed:7687" },
        bookmarks: ["b1"],
        extra: { db: "movies", impUser: "ann" },
      },
    ]);
  });

  it("sends writes to a writer and spreads reads over the readers (CONN-16)", async () => {
    const cluster = threeMembers();
    expect(await addressFor(cluster, "WRITE")).toBe("w:7687");
    const reads = await Promise.all(
      Array.from({ length: 4 }, () => cluster.router.acquire({ mode: "READ", database: "neo4j" })),
    );
    const counts = reads.map(({ connection }) => (connection as unknown as { address: string }).address).sort();
    expect(counts).toEqual(["r1:7687", "r1:7687", "r2:7687", "r2:7687"]);
  });

  it("names the home database that the server told, and asks once for it (CONN-21)", async () => {
    const cluster = threeMembers();
    const { database } = await cluster.router.acquire({ mode: "READ" });
    expect(database).toBe("neo4j");
    expect(cluster.asked[0]?.extra).toEqual({});
    await cluster.router.acquire({ mode: "WRITE", database });
    expect(cluster.asked).toHaveLength(1);
  });

  it("asks again when a table has expired, and the known routers first (CONN-20)", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687"] }, { ttl: 10 }) });
    cluster.members.set("r1:7687", { route: () => table({ routers: ["r1:7687"] }) });
    await addressFor(cluster, "READ", "neo4j");
    await cluster.clock.advance(9_999);
    await addressFor(cluster, "READ", "neo4j");
    expect(cluster.asked).toHaveLength(1);
    await cluster.clock.advance(1);
    await addressFor(cluster, "READ", "neo4j");
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687", "r1:7687"]);
  });

  it("keeps one table per database, and forgets those that nobody used long after their end", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: ({ db }) => table({}, { db: db ?? "neo4j", ttl: 10 }) });
    await addressFor(cluster, "READ", "a");
    await addressFor(cluster, "READ", "b");
    expect(cluster.asked.map(({ extra }) => extra.db)).toEqual(["a", "b"]);
    await cluster.clock.advance(41_000);
    await addressFor(cluster, "READ", "b");
    expect(cluster.router.table("a")).toBeUndefined();
    expect(cluster.router.table("b")).toBeDefined();
  });

  it("shares one question among all who wait for the same answer", async () => {
    const cluster = threeMembers();
    await Promise.all(Array.from({ length: 5 }, () => addressFor(cluster, "READ", "neo4j")));
    expect(cluster.asked).toHaveLength(1);
  });

  it("goes on to another router, and at last to the URI's address, when one is down (CONN-20)", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687", "r2:7687"] }, { ttl: 0 }) });
    await addressFor(cluster, "WRITE", "neo4j");
    cluster.members.set("r1:7687", { down: new ServiceUnavailable("down") });
    cluster.members.set("r2:7687", {
      route: () => new TransientError("busy", { code: "Neo.TransientError.General.X" }),
    });
    await addressFor(cluster, "WRITE", "neo4j");
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687", "r2:7687", "seed:7687"]);
  });

  it("says which routers it asked and why each failed when none works (CONN-19)", async () => {
    const cluster = new Cluster();
    cluster.members.set("seed:7687", { down: new ServiceUnavailable("nothing listens there") });
    const failed = cluster.router.acquire({ mode: "READ" });
    await expect(failed).rejects.toBeInstanceOf(RoutingServiceUnavailable);
    await expect(failed).rejects.toThrow(/seed:7687.*nothing listens there/);
    cluster.members.set("seed:7687", { route: () => table({ readers: [] }) });
    await expect(cluster.router.acquire({ mode: "READ" })).rejects.toThrow(/without routers or without readers/);
  });

  it.each([
    new AuthError("who?", { code: "Neo.ClientError.Security.Unauthorized" }),
    new ClientError("no such database", { code: "Neo.ClientError.Database.DatabaseNotFound" }),
    new ClientError("bad bookmark", { code: "Neo.ClientError.Transaction.InvalidBookmark" }),
  ])("stops asking at an error that every router would give: $code (CONN-20)", async (error) => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687", "r2:7687"] }, { ttl: 0 }) });
    await addressFor(cluster, "WRITE", "neo4j");
    cluster.members.set("r1:7687", { route: () => error });
    await expect(cluster.router.acquire({ mode: "WRITE", database: "neo4j" })).rejects.toBe(error);
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687", "r1:7687"]);
  });

  it("takes another server of the role when one can't be reached, and forgets it", async () => {
    const cluster = threeMembers();
    cluster.members.set("r1:7687", { down: new ServiceUnavailable("down") });
    for (let i = 0; i < 3; i++) expect(await addressFor(cluster, "READ", "neo4j")).toBe("r2:7687");
    expect(cluster.opened.filter((address) => address === "r1:7687").length).toBeLessThanOrEqual(1);
    expect([...(cluster.router.table("neo4j")?.readers ?? [])]).not.toContain("r1:7687");
  });

  it.each([
    { mode: "READ", Missing: ReadServiceUnavailable },
    { mode: "WRITE", Missing: WriteServiceUnavailable },
  ] as const)(
    "is a SessionExpired caused by $Missing.name when no server of the role is left (CONN-19)",
    async (row) => {
      const cluster = threeMembers();
      for (const address of ["r1:7687", "r2:7687", "w:7687"]) {
        cluster.members.set(address, { down: new ServiceUnavailable("down") });
      }
      const error = await cluster.router.acquire({ mode: row.mode }).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(SessionExpired);
      expect((error as Error).cause).toBeInstanceOf(row.Missing);
    },
  );

  it("drops a writer that no longer leads, and asks again for the next write (ERR-15)", async () => {
    const cluster = threeMembers();
    const { failed, release } = await cluster.router.acquire({ mode: "WRITE", database: "neo4j" });
    const error = new NotALeader("elsewhere", { code: "Neo.ClientError.Cluster.NotALeader" });
    expect(failed(error)).toBe(error);
    await release();
    cluster.members.set("seed:7687", { route: () => table({ writers: ["r2:7687"] }) });
    expect(await addressFor(cluster, "READ", "neo4j")).toMatch(/^r/);
    expect(cluster.asked).toHaveLength(1);
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("r2:7687");
    expect(cluster.asked).toHaveLength(2);
  });

  it("forgets the address of a lost connection, and closes the idle ones to it (CONN-20)", async () => {
    const cluster = threeMembers();
    const [one, two] = [
      await cluster.router.acquire({ mode: "WRITE", database: "neo4j" }),
      await cluster.router.acquire({ mode: "WRITE", database: "neo4j" }),
    ];
    await one.release();
    two.failed(new SessionExpired("lost"));
    expect(one.connection.isOpen).toBe(false);
    expect([...(cluster.router.table("neo4j")?.writers ?? [])]).toEqual([]);
  });

  it("one who stops waiting for a table doesn't take it from the others", async () => {
    const cluster = threeMembers();
    const abort = new AbortController();
    const gone = cluster.router.acquire({ mode: "READ", signal: abort.signal });
    const stays = cluster.router.acquire({ mode: "READ" });
    abort.abort(new Error("enough"));
    await expect(gone).rejects.toThrow("enough");
    expect((await stays).database).toBe("neo4j");
  });

  it("writes addresses one way: port 7687 where there is none, IPv6 in brackets", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ writers: ["[::1]", "w"], readers: ["r1"] }) });
    await addressFor(cluster, "READ", "neo4j");
    expect([...(cluster.router.table("neo4j")?.writers ?? [])]).toEqual(["[::1]:7687", "w:7687"]);
  });

  it("passes over a router that doesn't answer, and ends its connection (CONN-20, CONN-42)", async () => {
    const cluster = new Cluster({ answerTimeout: 5_000 });
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687", "r2:7687"] }, { ttl: 0 }) });
    for (const address of ["r1:7687", "r2:7687", "w:7687"]) cluster.members.set(address, {});
    await addressFor(cluster, "WRITE", "neo4j");
    cluster.members.set("r1:7687", { route: silent });
    cluster.members.set("r2:7687", { route: () => table({}) });
    const address = addressFor(cluster, "WRITE", "neo4j");
    await cluster.clock.advance(4_999);
    expect(cluster.asked.at(-1)?.address).toBe("r1:7687");
    await cluster.clock.advance(1);
    expect(await address).toBe("w:7687");
    expect(cluster.connections.find(({ address }) => address === "r1:7687")?.farewell).toBe("destroyed");
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687", "r1:7687", "r2:7687"]);
  });

  it("gives the way to each connection its own time, and the router's answer none of it (DRV-18)", async () => {
    const cluster = threeMembers();
    let answer: (data: ReturnType<typeof table>) => void = () => {};
    cluster.members.set("seed:7687", { route: () => new Promise((resolve) => (answer = resolve)) });
    const full = await Promise.all(Array.from({ length: 100 }, () => cluster.pool.acquire("w:7687")));
    const failed = cluster.router.acquire({ mode: "WRITE", database: "neo4j", timeout: 1_000 }).catch((error) => error);
    await cluster.clock.advance(5_000);
    answer(table({}));
    await cluster.clock.advance(999);
    expect(cluster.pool.counts("w:7687").waiting).toBe(1);
    await cluster.clock.advance(1);
    const error = await failed;
    expect(error).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
    expect(error.message).toMatch(/No connection to w:7687 within 1000 ms .* 100 are in use/);
    for (const { release } of full) await release();
    expect(cluster.clock.armed).toBe(0);
  });

  it("asks no other router when there is no connection to one in time: it has waited for long enough (DRV-18)", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687", "r2:7687"] }, { ttl: 0 }) });
    await addressFor(cluster, "WRITE", "neo4j");
    const full = await Promise.all(Array.from({ length: 100 }, () => cluster.pool.acquire("r1:7687")));
    const failed = cluster.router.acquire({ mode: "WRITE", database: "neo4j", timeout: 1_000 }).catch((error) => error);
    await cluster.clock.advance(1_000);
    expect((await failed).message).toMatch(/No connection to r1:7687 within 1000 ms .* 100 are in use/);
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687"]);
    for (const { release } of full) await release();
    cluster.members.set("r1:7687", { route: () => table({}) });
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
    expect(cluster.asked.at(-1)?.address).toBe("r1:7687");
  });

  it("asks for a new table when it is told to, however fresh the known one is", async () => {
    const cluster = threeMembers();
    await cluster.router.update({ database: "movies", bookmarks: ["b1"] });
    expect([...(cluster.router.table("movies")?.writers ?? [])]).toEqual(["w:7687"]);
    cluster.members.set("seed:7687", { route: () => table({ writers: ["r1:7687"] }) });
    await Promise.all([cluster.router.update({ database: "movies" }), cluster.router.update({ database: "movies" })]);
    expect([...(cluster.router.table("movies")?.writers ?? [])]).toEqual(["r1:7687"]);
    expect(cluster.asked.map(({ bookmarks }) => bookmarks)).toEqual([["b1"], []]);
  });

  it("asks once for all who would wait for as long, and again for who wouldn't (DRV-18)", async () => {
    const cluster = threeMembers();
    const timeouts = [undefined, undefined, 100, 100, Number.POSITIVE_INFINITY];
    await Promise.all(timeouts.map((timeout) => cluster.router.acquire({ mode: "READ", database: "movies", timeout })));
    expect(cluster.asked).toHaveLength(3);
  });

  it("lets a silent router go when the last who waited for it has gone", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687", "r2:7687"] }, { ttl: 0 }) });
    await addressFor(cluster, "WRITE", "neo4j");
    cluster.members.set("r1:7687", { route: silent });
    cluster.members.set("r2:7687", { route: () => table({}) });
    const stop = new AbortController();
    const late = cluster.router
      .acquire({ mode: "WRITE", database: "neo4j", signal: stop.signal })
      .catch((error) => error);
    while (cluster.asked.length < 2) await Promise.resolve();
    stop.abort("enough");
    expect(await late).toBe("enough");
    await settle();
    expect(cluster.connections.find(({ address }) => address === "r1:7687")?.isOpen).toBe(false);
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687", "r1:7687"]);
    cluster.members.set("r1:7687", { route: () => table({}) });
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
  });

  it.each([
    ["with an address that is none", table({ writers: ["w:7687/x"] })],
    ["with a port that is none", table({ readers: ["r1:99999"] })],
    ["with a part missing", { ttl: 300, db: "neo4j", servers: undefined as never }],
  ])("asks another router after a table %s (CONN-20)", async (_, lie) => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687", "r2:7687"] }, { ttl: 0 }) });
    await addressFor(cluster, "WRITE", "neo4j");
    cluster.members.set("r1:7687", { route: () => lie });
    cluster.members.set("r2:7687", { route: () => table({}) });
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
    cluster.members.set("seed:7687", { route: () => lie });
    const other = await cluster.router.acquire({ mode: "READ", database: "other" }).catch((error) => error);
    expect(other).toBeInstanceOf(RoutingServiceUnavailable);
    expect(other.message).toContain("seed:7687 gave a routing table that can't be read.");
  });

  it("asks another router when one breaks the protocol, and none after a wrong option (CONN-20)", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687", "r2:7687"] }, { ttl: 0 }) });
    await addressFor(cluster, "WRITE", "neo4j");
    cluster.members.set("r1:7687", { route: () => new BoltProtocolError("nonsense") });
    cluster.members.set("r2:7687", { route: () => table({ routers: ["r2:7687"] }, { ttl: 0 }) });
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
    cluster.members.set("r2:7687", { route: () => new ConfigurationError("no such option") });
    await expect(cluster.router.acquire({ mode: "READ", database: "neo4j" })).rejects.toThrow("no such option");
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687", "r1:7687", "r2:7687", "r2:7687"]);
  });

  it.each([Number.NaN, -1])("believes a table that lives for %s seconds once (CONN-20)", async (ttl) => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({}, { ttl }) });
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
    expect(cluster.asked).toHaveLength(2);
    await cluster.clock.advance(30_001);
    await addressFor(cluster, "WRITE", "other");
    expect(cluster.router.table("neo4j")).toBeUndefined();
  });

  it("asks each address that a resolver gives for the URI's own, until one knows (CONN-22, CONN-34)", async () => {
    const resolved: string[] = [];
    const cluster = new Cluster({
      initialRouters: async () => {
        resolved.push("again");
        return ["one:1", "two:2", "three:3"];
      },
    });
    cluster.members.set("one:1", { down: new ServiceUnavailable("down") });
    cluster.members.set("two:2", { route: () => new TransientError("busy", { code: "Neo.TransientError.General.X" }) });
    cluster.members.set("three:3", { route: () => table({}) });
    cluster.members.set("w:7687", {});
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
    expect(cluster.opened).toEqual(["one:1", "two:2", "three:3", "w:7687"]);
    expect(cluster.asked.map(({ routing }) => routing.address)).toEqual(["seed:7687", "seed:7687"]);
    expect(resolved).toEqual(["again"]);
  });

  it("goes on to the known routers when the resolver fails (CONN-20, CONN-35)", async () => {
    const refusal = new ServiceUnavailable("The option `resolver` failed", { cause: new Error("no such name") });
    let fails = false;
    const cluster = new Cluster({
      initialRouters: async () => {
        if (fails) throw refusal;
        return ["one:1"];
      },
    });
    cluster.members.set("one:1", { route: () => table({ routers: ["r1:7687"], writers: [] }, { ttl: 0 }) });
    for (const address of ["r1:7687", "r2:7687", "w:7687"]) cluster.members.set(address, { route: () => table({}) });
    await addressFor(cluster, "READ", "neo4j");
    fails = true;
    expect(await addressFor(cluster, "WRITE", "neo4j")).toBe("w:7687");
    const error = await cluster.router.acquire({ mode: "READ", database: "other" }).catch((failure) => failure);
    expect(error).toBeInstanceOf(RoutingServiceUnavailable);
    expect(error.cause).toBe(refusal);
  });

  it("asks the routers of what was the home when the URI's own address is gone (CONN-20, CONN-21)", async () => {
    const cluster = threeMembers();
    cluster.members.set("seed:7687", { route: () => table({ routers: ["r1:7687"] }) });
    cluster.members.set("r1:7687", { route: () => table({ routers: ["r1:7687"] }) });
    await cluster.router.acquire({ mode: "READ" });
    cluster.members.set("seed:7687", { down: new ServiceUnavailable("retired") });
    for (const connection of cluster.connections) if (connection.address === "seed:7687") connection.die();
    await settle();
    const { database } = await cluster.router.acquire({ mode: "READ" });
    expect(database).toBe("neo4j");
    expect(cluster.asked.map(({ address }) => address)).toEqual(["seed:7687", "r1:7687"]);
  });
});
