import { createConnection, type Socket } from "node:net";
import { ServiceUnavailable } from "../errors/availability-errors.ts";
import { formatAddress } from "../uri.ts";
import { type OpeningFailure, whyUnreachable } from "./node-failure.ts";
import { keepAliveDelay, SocketTransport, socketBufferSize } from "./node-socket.ts";
import type { Transport, TransportTarget } from "./transport.ts";

/** Opens a TCP connection on Node, Deno and Bun. Every address that the name resolves to is tried. */
export function openTcp(target: TransportTarget): Promise<Transport> {
  const { host, port, keepAlive = true, signal } = target;
  return openSocket(target, signal, "connect", (onread) =>
    createConnection({ host, port, noDelay: true, onread }).setKeepAlive(keepAlive, keepAliveDelay),
  );
}

/** The `onread` option of net and tls: one buffer for a socket's life instead of one for each read. */
export interface OnRead {
  readonly buffer: Uint8Array;
  callback(size: number, buffer: Uint8Array): boolean;
}

/**
 * Waits until a socket is usable.
 *
 * @param ready the event that says so.
 */
export function openSocket(
  target: TransportTarget,
  signal: AbortSignal | undefined,
  ready: "connect" | "secureConnect",
  create: (onread: OnRead) => Socket,
): Promise<Transport> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const socket = create({
      buffer: new Uint8Array(socketBufferSize),
      callback: (size, buffer) => {
        transport.received(buffer.subarray(0, size));
        return true;
      },
    });
    const transport = new SocketTransport(socket, target.writeTimeout);
    const aborted = () => settle(() => reject(signal?.reason));
    const failed = (error?: OpeningFailure) =>
      settle(() =>
        reject(
          new ServiceUnavailable(
            `Could not connect to ${formatAddress(target)}: ${whyUnreachable(error, target)}.`,
            error === undefined ? {} : { cause: error },
          ),
        ),
      );
    const closed = () => failed();
    const settle = (outcome: () => void, keep = false) => {
      signal?.removeEventListener("abort", aborted);
      socket.off("error", failed).off("close", closed);
      // A late error of a socket that was given up must not end the process.
      if (!keep) socket.on("error", () => {}).destroy();
      outcome();
    };
    socket.once("error", failed).once("close", closed);
    socket.once(ready, () =>
      settle(() => {
        transport.watch();
        resolve(transport);
      }, true),
    );
    signal?.addEventListener("abort", aborted, { once: true });
  });
}
