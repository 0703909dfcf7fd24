/** The way to a server: each address of its name, or a stream of the user's. */
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import { auth } from "../src/auth/tokens.ts";
import { connect } from "../src/connection/connect.ts";
import { ServiceUnavailable } from "../src/errors/availability-errors.ts";
import { firstToSucceed } from "../src/transport/first-to-succeed.ts";
import { openTransport } from "../src/transport/node.ts";
import { reach, ready } from "../src/transport/node-reach.ts";
import type { OpenTransport, StreamTarget } from "../src/transport/transport.ts";
import { ca, cert, key } from "./certificates.ts";
import { failureOf, Peer, type Script } from "./memory-peer.ts";

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
  const dial = (port: number, tried: string[]) => (host: string, stop: AbortSignal) => {
    tried.push(host);
    const socket = createConnection({ host, port });
    sockets.add(socket);
    return ready(socket, "connect", stop);
  };

  it("leads to the first that lets it connect (CONN-22)", async () => {
    const port = await listen();
    const tried: string[] = [];
    const names: string[] = [];
    const lookup = async (name: string) => {
      names.push(name);
      return ["127.0.0.2", "127.0.0.3", "127.0.0.1", "127.0.0.4"];
    };
    const { socket, untried } = await reach({ host: "graph.test", port }, dial(port, tried), lookup);
    expect(socket.remoteAddress).toBe("127.0.0.1");
    expect(untried).toEqual(["127.0.0.4"]);
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

  const tls = { trustAll: false, authorities: [ca], serverName: "localhost" };
  /** What accepts TCP at 127.0.0.2, beside the server at 127.0.0.1. */
  async function beside(port: number, accept: (socket: Socket) => void): Promise<void> {
    const server = createServer((socket) => {
      sockets.add(socket.on("error", () => {}));
      accept(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.2", resolve));
  }

  it.each([
    ["closes", (socket: Socket) => void socket.destroy()],
    ["answers in plain text", (socket: Socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ])("goes on to the next one when the first accepts, and %s in TLS (CONN-22)", async (_, accept) => {
    const port = await listen(createTlsServer({ cert, key }));
    await beside(port, accept);
    const addresses = ["127.0.0.2", "127.0.0.1"];
    const transport = await openTransport({ host: "localhost", port, addresses, tls });
    expect(transport.untried).toEqual([]);
    transport.destroy();
    const other = { ...tls, serverName: "elsewhere.test" };
    const error = await failureOf(openTransport({ host: "localhost", port, addresses, tls: other }));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(
      /each of its addresses was tried\. 127\.0\.0\.2:\d+: it .*; 127\.0\.0\.1:\d+: its certificate is for another host/,
    );
    expect((error.cause as AggregateError).errors).toHaveLength(2);
  });

  /** A transport to each of a name's addresses in turn; `scripts` say what the servers there do. */
  function inTurn(...scripts: readonly Script[]) {
    const asked: (readonly string[] | undefined)[] = [];
    const names = scripts.map((_, at) => `address-${at}`);
    const peers: Peer[] = [];
    const open: OpenTransport = async ({ addresses }) => {
      asked.push(addresses);
      const at = addresses === undefined ? 0 : names.indexOf(addresses[0] ?? "");
      const peer = Object.assign(new Peer("5.4", scripts[at]), { untried: names.slice(at + 1) });
      peers.push(peer);
      return peer;
    };
    return { asked, peers, open };
  }
  const drops: Script = { HELLO: (_, peer) => peer.drop() };
  const babbles: Script = { HELLO: (_, peer) => peer.sendBytes(Uint8Array.of(0, 1, 0xb1, 0, 0)) };

  it("goes on to the next one when the first accepts, and fails in Bolt (CONN-22)", async () => {
    const { asked, peers, open } = inTurn(drops, babbles, {});
    const connection = await connect("bolt://graph.test", auth.none(), { openTransport: open });
    expect(asked).toEqual([undefined, ["address-1", "address-2"], ["address-2"]]);
    expect(peers.map(({ isEnded }) => isEnded)).toEqual([true, true, false]);
    await connection.close();
  });

  it("of which each fails in Bolt says why each did (CONN-22)", async () => {
    const { open } = inTurn(drops, babbles);
    const error = await failureOf(connect("bolt://graph.test", auth.none(), { openTransport: open }));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/No address of graph\.test:7687 let this client log in\. .*closed.*can't be read/);
    expect((error.cause as AggregateError).errors).toMatchObject([
      { name: "ServiceUnavailable" },
      { name: "BoltProtocolError" },
    ]);
  });

  it("isn't gone through when the first refuses the login: a wrong password is wrong everywhere", async () => {
    const refuses: Script = { LOGON: (_, peer) => peer.failure("Neo.ClientError.Security.Unauthorized") };
    const { asked, open } = inTurn(refuses, {});
    const error = await failureOf(connect("bolt://graph.test", auth.none(), { openTransport: open }));
    expect(error.name).toBe("AuthError");
    expect(asked).toHaveLength(1);
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
