/** The way to a server: each address of its name, or a stream of the user's. */
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import { auth } from "../src/auth/tokens.ts";
import { connect } from "../src/connection/connect.ts";
import { ServiceUnavailable } from "../src/errors/availability-errors.ts";
import { firstToSucceed } from "../src/transport/first-to-succeed.ts";
import { reach } from "../src/transport/node-reach.ts";
import type { StreamTarget } from "../src/transport/transport.ts";
import { ca, cert, key } from "./certificates.ts";
import { failureOf, Peer } from "./memory-peer.ts";

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
  vi.useRealTimers();
});

/** A Bolt server at 127.0.0.1; gives its port. */
async function listen(server: Server = createServer()): Promise<number> {
  servers.push(server);
  server.on("setSecureContext" in server ? "secureConnection" : "connection", (socket: Socket) => {
    sockets.add(socket.on("error", () => {}));
    const peer = new Peer("5.4");
    peer.listener = { received: (bytes) => void socket.write(bytes), closed: () => socket.end() };
    socket.on("data", (bytes) => peer.write([bytes]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

describe("a name with several addresses", () => {
  const dial = (port: number, tried: string[]) => (host: string) => {
    tried.push(host);
    const socket = createConnection({ host, port });
    sockets.add(socket);
    return socket;
  };

  it("leads to the first that lets it connect (CONN-22)", async () => {
    const port = await listen();
    const tried: string[] = [];
    const names: string[] = [];
    const lookup = async (name: string) => {
      names.push(name);
      return ["127.0.0.2", "127.0.0.3", "127.0.0.1", "127.0.0.4"];
    };
    const socket = await reach({ host: "graph.test", port }, dial(port, tried), lookup);
    expect(socket.remoteAddress).toBe("127.0.0.1");
    expect(tried).toEqual(["127.0.0.2", "127.0.0.3", "127.0.0.1"]);
    expect(names).toEqual(["graph.test"]);
  });

  it("takes the families in turn", async () => {
    const port = await listen();
    const tried: string[] = [];
    const lookup = async () => ["127.0.0.2", "127.0.0.3", "::1", "127.0.0.1"];
    await reach({ host: "graph.test", port }, dial(port, tried), lookup);
    expect(tried).toEqual(["127.0.0.2", "::1", "127.0.0.3", "127.0.0.1"]);
  });

  it("of which none lets it says why each failed (CONN-22)", async () => {
    const port = await listen();
    servers.pop()?.close();
    const lookup = async () => ["127.0.0.2", "127.0.0.3"];
    const error = await failureOf(reach({ host: "graph.test", port }, dial(port, []), lookup));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(
      /graph\.test:\d+: each of its addresses was tried\. 127\.0\.0\.2:\d+: nothing .*; 127\.0\.0\.3:\d+: nothing/,
    );
    expect(error.cause).toBeInstanceOf(AggregateError);
    expect((error.cause as AggregateError).errors).toMatchObject([{ address: "127.0.0.2" }, { address: "127.0.0.3" }]);
  });

  it("isn't waited for when nobody wants it any more", async () => {
    const abort = new AbortController();
    const never = () => new Promise<readonly string[]>(() => {});
    const waiting = failureOf(reach({ host: "graph.test", port: 1, signal: abort.signal }, dial(1, []), never));
    abort.abort(new Error("enough"));
    expect((await waiting).message).toBe("enough");
  });
});

describe("attempts", () => {
  /** Attempts that a test ends. */
  function held(count: number) {
    const begun: { succeed(value: string): void; fail(error: Error): void; signal: AbortSignal }[] = [];
    const attempts = Array.from({ length: count }, () => (signal: AbortSignal) => {
      return new Promise<string>((succeed, fail) => void begun.push({ succeed, fail, signal }));
    });
    return { begun, attempts };
  }

  it("begin one after the other while those before hang, and end when one succeeds (CONN-22)", async () => {
    vi.useFakeTimers();
    const { begun, attempts } = held(3);
    const late: string[] = [];
    const first = firstToSucceed(attempts, 250, (value) => void late.push(value));
    expect(begun).toHaveLength(1);
    vi.advanceTimersByTime(249);
    expect(begun).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(begun).toHaveLength(2);
    // The first was only slow.
    begun[0]?.succeed("one");
    expect(await first).toBe("one");
    expect(begun[1]?.signal.aborted).toBe(true);
    begun[1]?.succeed("two");
    await Promise.resolve();
    expect(late).toEqual(["two"]);
    vi.advanceTimersByTime(1_000);
    expect(begun).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("don't wait for one that has failed, and fail with all of it in order", async () => {
    vi.useFakeTimers();
    const { begun, attempts } = held(2);
    const all = failureOf(firstToSucceed(attempts, 250, () => {}));
    vi.advanceTimersByTime(250);
    begun[1]?.fail(new Error("two"));
    begun[0]?.fail(new Error("one"));
    expect(((await all) as unknown as AggregateError).errors.map(({ message }) => message)).toEqual(["one", "two"]);
  });

  it("end with the signal's reason", async () => {
    const { begun, attempts } = held(2);
    const abort = new AbortController();
    const all = failureOf(firstToSucceed(attempts, 250, () => {}, abort.signal));
    abort.abort(new Error("enough"));
    expect((await all).message).toBe("enough");
    expect(begun[0]?.signal.aborted).toBe(true);
    expect((await failureOf(firstToSucceed(attempts, 250, () => {}, abort.signal))).message).toBe("enough");
    expect(begun).toHaveLength(1);
  });
});

/** What a tunnel's channel has, and no more. */
function tunnel(port: number): Duplex {
  const socket = createConnection({ host: "127.0.0.1", port });
  sockets.add(socket);
  return Duplex.from({ readable: socket, writable: socket });
}

const plain = (port: number) => {
  const socket = createConnection({ host: "127.0.0.1", port });
  sockets.add(socket);
  return socket;
};

describe("the option connect", () => {
  it.each([
    ["a socket", plain],
    ["a socket, later", async (port: number) => plain(port)],
    ["any stream both ways", tunnel],
  ])("gives %s in the place of TCP, and is given the name as it is known", async (_, open) => {
    const port = await listen();
    const asked: StreamTarget[] = [];
    const connection = await connect("bolt://graph.invalid:99", auth.none(), {
      connect: (target) => {
        asked.push(target);
        return open(port);
      },
    });
    expect((await connection.run("RETURN 1").summary()).fields).toEqual(["n"]);
    expect(asked).toMatchObject([{ host: "graph.invalid", port: 99 }]);
    const closed = new Promise((resolve) => [...sockets].at(-1)?.once("close", resolve));
    await connection.close();
    await closed;
  });

  it.each([
    ["a socket", plain],
    ["any stream both ways", tunnel],
  ])("gives %s that TLS goes over, and the certificate is for the URI's host (CONN-36)", async (_, open) => {
    const port = await listen(createTlsServer({ key, cert }) as Server);
    const options = { connect: () => open(port), encrypted: true, trustedCertificates: [ca] };
    const connection = await connect("bolt://graph.test:99", auth.none(), options);
    expect((await connection.run("RETURN 1").summary()).fields).toEqual(["n"]);
    await connection.close();
    const error = await failureOf(connect("bolt://other.test:99", auth.none(), options));
    expect(error.message).toMatch(/another host name/);
  });

  it("that fails is the cause of a ServiceUnavailable", async () => {
    const cause = new Error("no such proxy");
    const failing = () => Promise.reject(cause);
    const error = await failureOf(connect("bolt://graph.test", auth.none(), { connect: failing }));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toBe("Could not connect to graph.test:7687 by the option `connect`: no such proxy.");
    expect(error.cause).toBe(cause);
  });

  it("may give a socket that isn't connected yet, and never is", async () => {
    const port = await listen();
    servers.pop()?.close();
    const error = await failureOf(connect("bolt://graph.test", auth.none(), { connect: () => plain(port) }));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toContain("by the option `connect`: connect ECONNREFUSED");
  });

  it.each([
    ["nothing", () => undefined],
    ["something else", () => ({ host: "h" })],
    ["a stream that is closed", () => new Duplex().destroy()],
  ])("that gives %s is a ServiceUnavailable that says so", async (_, give) => {
    const error = await failureOf(connect("bolt://graph.test", auth.none(), { connect: give as never }));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/by the option `connect`: it gave/);
  });

  it("that is too late is given up, and what it gives then is closed (CONN-42)", async () => {
    let give: (stream: Duplex) => void = () => {};
    let signal: AbortSignal | undefined;
    const late = failureOf(
      connect("bolt://graph.test", auth.none(), {
        connectionTimeout: 20,
        connect: (target) => {
          signal = target.signal;
          return new Promise<Duplex>((resolve) => (give = resolve));
        },
      }),
    );
    expect((await late).message).toContain("within 20 ms");
    expect(signal?.aborted).toBe(true);
    const stream = new Duplex({ read() {}, write() {} });
    const closed = new Promise((resolve) => stream.once("close", resolve));
    give(stream);
    await closed;
  });
});
