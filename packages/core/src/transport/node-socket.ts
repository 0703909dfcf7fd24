import type { Socket } from "node:net";
import type { Transport, TransportListener } from "./transport.ts";

/** One read buffer for a socket's whole life: larger ones gain little, and each connection has its own. */
export const socketBufferSize = 64 * 1024;

/** After how many ms of silence TCP asks; the system's own two hours are longer than routers remember a connection. */
export const keepAliveDelay = 60_000;

/** Below this size chunks are copied into one buffer, which costs less than a vectored write. */
const joinBelow = 16 * 1024;

const nobody: TransportListener = { received() {}, closed() {} };

/** A {@link Transport} over a socket of Node's net or tls. */
export class SocketTransport implements Transport {
  listener: TransportListener = nobody;
  readonly untried: readonly string[];
  readonly #socket: Socket;
  #error: Error | undefined;
  #isClosed = false;
  readonly #writeTimeout: number;
  #writeTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param writeTimeout in ms; 0: none. */
  constructor(socket: Socket, writeTimeout = 0, untried: readonly string[] = []) {
    this.#socket = socket;
    this.untried = untried;
    this.#writeTimeout = writeTimeout;
  }

  /** Starts to tell the listener; before, opening the socket listens itself. */
  watch(): void {
    const socket = this.#socket;
    socket.on("error", (error) => {
      this.#error = error;
    });
    // The server has said its last word; nothing is gained by keeping our half open.
    socket.on("end", () => socket.destroy());
    socket.on("close", () => {
      this.#isClosed = true;
      clearTimeout(this.#writeTimer);
      this.listener.closed(this.#error);
    });
    socket.on("drain", () => {
      clearTimeout(this.#writeTimer);
      this.listener.drained?.();
    });
    socket.on("timeout", () => this.listener.silent?.());
  }

  received(bytes: Uint8Array): void {
    this.listener.received(bytes);
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const socket = this.#socket;
    if (this.#isClosed || socket.destroyed || socket.writableEnded) return true;
    if (chunks.length === 0) return true;
    const flows = this.#send(chunks);
    if (!flows) this.#limitWaiting();
    return flows;
  }

  #send(chunks: readonly Uint8Array[]): boolean {
    const socket = this.#socket;
    let size = 0;
    for (const chunk of chunks) size += chunk.length;
    if (size <= joinBelow) return socket.write(chunks.length === 1 ? chunks[0]! : joined(chunks, size));
    const last = chunks.length - 1;
    socket.cork();
    for (let i = 0; i < last; i++) socket.write(chunks[i]!);
    const flows = socket.write(chunks[last]!, (error) => {
      if (!error) this.sent(chunks);
    });
    socket.uncork();
    return flows;
  }

  protected sent(chunks: readonly Uint8Array[]): void {
    this.listener.sent?.(chunks);
  }

  /** The peer may stop reading for ever, and TCP alone never gives up on it. */
  #limitWaiting(): void {
    clearTimeout(this.#writeTimer);
    const ms = this.#writeTimeout;
    if (ms === 0) return;
    const late = `what was sent waited for longer than ${ms} ms to be taken: connectionWriteTimeout`;
    this.#writeTimer = setTimeout(() => this.#socket.destroy(new Error(late)), ms);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    // Not `end()` alone: that waits for the server to close its half, which may never happen.
    if (!this.#socket.destroyed) this.#socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  hold(isNeeded: boolean): void {
    if (isNeeded) this.#socket.ref();
    else this.#socket.unref();
  }

  watchSilence(ms: number): void {
    this.#socket.setTimeout(ms);
  }
}

/** A small one comes from Node's pool, which costs less than a buffer of its own. */
function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = Buffer.allocUnsafe(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
