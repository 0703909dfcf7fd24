import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { SocketTransport } from "./node-socket.ts";

/** A {@link Transport} over any stream of Node's that goes both ways, such as a tunnel's: it may lack what sockets have. */
export class StreamTransport extends SocketTransport {
  readonly #stream: Duplex & Partial<Pick<Socket, "ref" | "unref">>;
  #silence = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param writeTimeout in ms; 0: none. */
  constructor(stream: Duplex, writeTimeout = 0) {
    super(stream as Socket, writeTimeout);
    this.#stream = stream;
    stream.on("data", (bytes: Uint8Array) => {
      this.#heard();
      this.received(bytes);
    });
    stream.once("close", () => this.watchSilence(0));
  }

  override write(chunks: readonly Uint8Array[]): boolean {
    this.#heard();
    return super.write(chunks);
  }

  override end(): void {
    const stream = this.#stream;
    if (!stream.destroyed) stream.end(() => stream.destroy());
  }

  override hold(isNeeded: boolean): void {
    if (isNeeded) this.#stream.ref?.();
    else this.#stream.unref?.();
  }

  override watchSilence(ms: number): void {
    this.#silence = ms;
    this.#heard();
  }

  /** A stream that isn't the system's own may hold what was written for longer than it says: it may be another one's input. */
  protected override sent(): void {}

  #heard(): void {
    clearTimeout(this.#timer);
    if (this.#silence > 0) this.#timer = setTimeout(() => this.listener.silent?.(), this.#silence);
  }
}
