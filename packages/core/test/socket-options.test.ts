/** What the options do to a real socket. */
import { type AddressInfo, createServer, type Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openTransport } from "../src/transport/node.ts";
import { cert, key } from "./certificates.ts";

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket: Socket) => sockets.push(socket.on("error", () => {})));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

describe.each([
  ["TCP", () => createServer(), undefined],
  ["TLS", () => createTlsServer({ cert, key }), { trustAll: true, serverName: "localhost" }],
] as const)("over %s", (_, create, tls) => {
  it.each([
    [undefined, true],
    [true, true],
    [false, false],
  ])("keepAlive %s makes the socket ask whether the server is there: %s (DRV-21)", async (keepAlive, asked) => {
    const asks = vi.spyOn(Socket.prototype, "setKeepAlive");
    const port = await listen(create());
    const transport = await openTransport({ host: "127.0.0.1", port, tls, keepAlive });
    expect(asks.mock.calls.map(([enable]) => enable)).toEqual([asked]);
    transport.destroy();
  });

  it("writeTimeout closes a stream of which nothing is taken (DRV-36)", async () => {
    const port = await listen(create().on("connection", (socket: Socket) => socket.pause()));
    const transport = await openTransport({ host: "127.0.0.1", port, tls, writeTimeout: 40 });
    const end = new Promise<Error | undefined>((closed) => {
      transport.listener = { received() {}, closed };
    });
    // More than the buffers of both sides hold.
    for (let i = 0; i < 64; i++) transport.write([new Uint8Array(1 << 20)]);
    expect((await end)?.message).toMatch(/40 ms.*connectionWriteTimeout/);
  });
});

it("writeTimeout waits only while something waits to be sent (DRV-36)", async () => {
  const port = await listen(createServer().on("connection", (socket: Socket) => socket.resume()));
  const transport = await openTransport({ host: "127.0.0.1", port, writeTimeout: 10_000 });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const drained = new Promise<void>((resolve) => {
    transport.listener = { received() {}, closed() {}, drained: resolve };
  });
  expect(transport.write([new Uint8Array(8 << 20)])).toBe(false);
  expect(vi.getTimerCount()).toBe(1);
  await drained;
  expect(vi.getTimerCount()).toBe(0);
  transport.destroy();
});
