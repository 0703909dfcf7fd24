import {
  AuthError,
  ClientError,
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
});
