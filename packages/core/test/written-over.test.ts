/** When what was written may be written over: real sockets tell it, streams of the user's don't. */
import { createHash } from "node:crypto";
import { type AddressInfo, connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { openTransport } from "../src/transport/node.ts";
import type { Transport } from "../src/transport/transport.ts";
import { cert, key } from "./certificates.ts";

const servers: Server[] = [];
const transports: Transport[] = [];
afterEach(() => {
  for (const transport of transports.splice(0)) transport.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A server that gives its socket, of which nothing is read yet. */
async function listen(server: Server): Promise<{ readonly port: number; readonly socket: Promise<Socket> }> {
  servers.push(server);
  const event = "setSecureContext" in server ? "secureConnection" : "connection";
  const socket = new Promise<Socket>((resolve) =>
    server.once(event, (one: Socket) => resolve(one.on("error", () => {}))),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, socket };
}

const hashOf = (pieces: readonly Uint8Array[]) => {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
};

/** More than the buffers of both sides hold. */
const much = 32 << 20;
const pattern = Uint8Array.from({ length: 1 << 20 }, (_, i) => i * 7);
const large = () => pattern.slice();

describe.each([
  ["TCP", () => createServer(), undefined],
  ["TLS", () => createTlsServer({ cert, key }), { trustAll: true, serverName: "localhost" }],
] as const)("over %s", (_, create, tls) => {
  it("it is told of large chunks once they are gone, all that were written together", async () => {
    const { port, socket } = await listen(create());
    const transport = await openTransport({ host: "127.0.0.1", port, tls });
    transports.push(transport);
    const told: (readonly Uint8Array[])[] = [];
    let all: () => void = () => {};
    const allTold = new Promise<void>((resolve) => (all = resolve));
    const writes = Array.from({ length: much >> 20 }, (_, i) =>
      i % 2 === 0 ? [large()] : [large(), Uint8Array.of(1)],
    );
    const wanted = hashOf(writes.flat());
    transport.listener = {
      received() {},
      closed() {},
      sent: (chunks) => {
        told.push(chunks);
        // As the codec does.
        for (const chunk of chunks) chunk.fill(0);
        if (told.length === writes.length) all();
      },
    };
    for (const chunks of writes) transport.write(chunks);
    const server = await socket;
    expect(told.length).toBeLessThan(writes.length);
    const received: Buffer[] = [];
    const size = writes.flat().reduce((sum, { length }) => sum + length, 0);
    const arrived = new Promise<void>((resolve) => {
      let got = 0;
      server.on("data", (bytes) => {
        received.push(bytes);
        got += bytes.length;
        if (got === size) resolve();
      });
    });
    await Promise.all([allTold, arrived]);
    expect(told.every((chunks, i) => chunks === writes[i])).toBe(true);
    expect(hashOf(received)).toBe(wanted);
  });

  it("it isn't told of small chunks, nor of what a broken stream could not write", async () => {
    const { port, socket } = await listen(create());
    const transport = await openTransport({ host: "127.0.0.1", port, tls });
    const told: (readonly Uint8Array[])[] = [];
    const closed = new Promise<void>((resolve) => {
      transport.listener = { received() {}, closed: () => resolve(), sent: (chunks) => told.push(chunks) };
    });
    transport.write([Uint8Array.of(1), Uint8Array.of(2)]);
    transport.write([Uint8Array.of(3)]);
    for (let i = 0; i < much >> 20; i++) transport.write([large()]);
    (await socket).destroy();
    transport.destroy();
    await closed;
    // What the system's buffers took before is gone, too; the rest never left.
    expect(told.length).toBeLessThan(much >> 20);
    expect(told.flat().every(({ length }) => length === 1 << 20)).toBe(true);
  });
});

it("a stream that the user gives may hold what it was given: nothing of it is told", async () => {
  const { port, socket } = await listen(createServer());
  const transport = await openTransport({
    host: "127.0.0.1",
    port,
    connect: () =>
      new Promise((resolve) => {
        const stream = connectTcp(port, "127.0.0.1", () => resolve(stream));
      }),
  });
  transports.push(transport);
  let told = 0;
  const answered = new Promise<void>((resolve) => {
    transport.listener = { received: () => resolve(), closed() {}, sent: () => told++ };
  });
  transport.write([large()]);
  let got = 0;
  const server = await socket;
  server.on("data", ({ length }) => {
    got += length;
    if (got === 1 << 20) server.write("all of it");
  });
  await answered;
  expect(told).toBe(0);
});
