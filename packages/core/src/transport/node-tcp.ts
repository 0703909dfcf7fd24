import { createConnection } from "node:net";
import { reach, ready } from "./node-reach.ts";
import { keepAliveDelay, SocketTransport, socketBufferSize } from "./node-socket.ts";
import type { Transport, TransportTarget } from "./transport.ts";

/** Opens a TCP connection on Node, Deno and Bun. Every address that the name resolves to is tried. (CONN-22) */
export async function openTcp(target: TransportTarget): Promise<Transport> {
  const { port, keepAlive = true } = target;
  let transport: SocketTransport | undefined;
  const onread = readInto((bytes) => transport?.received(bytes));
  const { socket, untried } = await reach(target, (host, stop) => {
    const socket = createConnection({ host, port, noDelay: true, onread }).setKeepAlive(keepAlive, keepAliveDelay);
    return ready(socket, "connect", stop);
  });
  transport = new SocketTransport(socket, target.writeTimeout, untried);
  transport.watch();
  return transport;
}

/** The `onread` option of net and tls: one buffer for a socket's life instead of one for each read. */
export interface OnRead {
  readonly buffer: Uint8Array;
  callback(size: number, buffer: Uint8Array): boolean;
}

/** Of the sockets to a name's addresses only the one that is kept reads. */
export function readInto(received: (bytes: Uint8Array) => void): OnRead {
  return {
    buffer: new Uint8Array(socketBufferSize),
    callback(size, buffer) {
      received(buffer.subarray(0, size));
      return true;
    },
  };
}
