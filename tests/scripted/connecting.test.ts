/** Which addresses are connected to, and how: resolvers, streams of the user's, IPv6, many callers. */
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Address, auth, driver, ServiceUnavailable, type UnresolvedAddress } from "@fulgur/neo4j-driver";
import { answering, startScriptedCluster, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf } from "./play.ts";

const answers = answering(() => ({ fields: ["n"], records: [[1]] }));

describe("a resolver", () => {
  it("leads a bolt driver elsewhere, past the addresses at which nobody listens (CONN-22, CONN-32, CONN-34)", async () => {
    await using server = await startScriptedServer({ conversation: answers });
    const asked: UnresolvedAddress[] = [];
    await using db = driver("bolt://example.com:9999", auth.none(), {
      async *resolver(address) {
        asked.push(address);
        yield "127.0.0.1:1";
        // A name: DNS comes after it.
        yield Address.of(["localhost", server.port]);
      },
    });
    expect((await db.executeQuery("RETURN 1 AS n")).records[0]?.get("n")).toBe(1);
    expect(asked.map((address) => address.equals(["example.com", 9999]))).toEqual([true]);
    expect(server.peers).toHaveLength(1);
    expect(server.peers[0]?.received[0]).not.toHaveProperty("extra.routing");
  });

  it("is asked for the URI's address at each rediscovery, and for the addresses of routing tables (CONN-33, CONN-34)", async () => {
    await using cluster = await startScriptedCluster({ ttl: 0 });
    for (const member of cluster.members) {
      member.say({ routers: ["router.test:1"], readers: ["reader.test:2"], writers: ["writer.test:3"] });
    }
    const [first, second, third] = cluster.members.map(({ address }) => address);
    const places: { [address: string]: string } = {
      "example.com:9999": first!,
      "router.test:1": second!,
      "reader.test:2": third!,
      "writer.test:3": first!,
    };
    const asked: string[] = [];
    await using db = driver("neo4j://example.com:9999", auth.none(), {
      resolver: (address) => {
        asked.push(String(address));
        return places[String(address)] ?? [];
      },
    });
    const read = () => db.executeQuery("RETURN 1", {}, { routing: "READ", database: "neo4j" });
    expect((await read()).summary.server.address).toBe(third);
    await read();
    expect(asked).toEqual(["example.com:9999", "reader.test:2", "router.test:1"]);
    expect(cluster.members.map(({ tableRequests }) => tableRequests)).toEqual([1, 1, 0]);
    cluster.elect(cluster.members[0]);
    await db.executeQuery("CREATE ()", {}, { database: "neo4j" });
    expect(asked.at(-1)).toBe("writer.test:3");
  });

  it("that leads nowhere says where it led (CONN-22)", async () => {
    await using db = driver("bolt://example.com:9999", auth.none(), { resolver: () => ["127.0.0.1:1", "127.0.0.1:2"] });
    const error = await failureOf(db.verifyConnectivity());
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/for example\.com:9999 could be reached\. .*127\.0\.0\.1:1: nothing.*127\.0\.0\.1:2/);
    expect((error.cause as AggregateError).errors).toHaveLength(2);
  });
});

describe("a server", () => {
  /** Passes bytes on to a server from another place to listen at. */
  async function forwarding(port: number, listen: { host?: string; path?: string }) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      const other = createConnection({ host: "127.0.0.1", port });
      for (const one of [socket, other]) sockets.add(one.on("error", () => {}));
      socket.pipe(other).pipe(socket);
    }).listen(listen.path === undefined ? { port: 0, ...listen } : { path: listen.path });
    await new Promise((resolve) => server.once("listening", resolve));
    return {
      port: (server.address() as { port?: number }).port,
      async [Symbol.asyncDispose]() {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  it("is reached at an IPv6 address (CONN-08)", async () => {
    await using server = await startScriptedServer({ conversation: answers });
    await using front = await forwarding(server.port, { host: "::1" });
    await using db = driver(`bolt://[::1]:${front.port}`, auth.none());
    const { records, summary } = await db.executeQuery("RETURN 1 AS n");
    expect(records[0]?.get("n")).toBe(1);
    expect(summary.server.address).toBe(`[::1]:${front.port}`);
  });

  it("is reached by a stream that `connect` gives, such as a Unix socket's", async () => {
    await using server = await startScriptedServer({ conversation: answers });
    const path = join(tmpdir(), `bolt-${process.pid}.sock`);
    await using _front = await forwarding(server.port, { path });
    await using db = driver("bolt://graph.invalid", auth.none(), { connect: () => createConnection(path) });
    expect((await db.executeQuery("RETURN 1 AS n")).records[0]?.get("n")).toBe(1);
  });
});

describe("a thousand callers at the same time", () => {
  it("share ten connections: each gets its answer, and none waits for ever (DRV-24, DRV-42)", async () => {
    await using server = await startScriptedServer({
      conversation: answering((_, { caller }) => ({ fields: ["caller"], records: [[caller]] })),
    });
    await using db = driver(server.uri, auth.none(), { maxConnectionPoolSize: 10 });
    const finished: number[] = [];
    const callers = Array.from({ length: 1_000 }, async (_, caller) => {
      const { records } = await db.executeQuery("RETURN $caller AS caller", { caller }, { routing: "READ" });
      finished.push(caller);
      return records[0]?.get("caller");
    });
    expect(await Promise.all(callers)).toEqual(callers.map((_, caller) => caller));
    expect(server.peers).toHaveLength(10);
    // First come, first served: nobody is passed by more than by those who were served beside it.
    expect(Math.max(...finished.map((caller, place) => Math.abs(caller - place)))).toBeLessThan(50);
  });
});
