/**
 * The floor under a single call: the same bytes as a driver's, written to a socket and read from it, with nothing in between. Answers are
 * counted by their chunk headers and not decoded.
 */
import { createConnection, type Socket } from "node:net";
import { createCodec, type Message } from "@fulgur/neo4j-codec";

const version = "5.8";
/** Bolt's magic number, and the one version that is asked for. */
const handshake = Uint8Array.of(0x60, 0x60, 0xb0, 0x17, 0, 0, 8, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

export class BareSocket implements Disposable {
  readonly #codec = createCodec({ version });
  readonly #socket: Socket;
  /** How many bytes are still to come that aren't in chunks, how many of the present chunk, and how many messages. */
  #plain = 0;
  #chunk = 0;
  #messages = 0;
  /** The first byte of a chunk's size, where the second is still to come. */
  #sizeBegun: number | undefined;
  #isInMessage = false;
  #done: () => void = () => {};

  private constructor(host: string, port: number) {
    const callback = (length: number, buffer: Uint8Array): boolean => {
      this.#take(buffer, length);
      return true;
    };
    this.#socket = createConnection({
      host,
      port,
      noDelay: true,
      onread: { buffer: new Uint8Array(1 << 16), callback },
    });
  }

  /** Connects and logs in. */
  static async open(uri: string, username: string, password: string): Promise<BareSocket> {
    const { hostname, port } = new URL(uri);
    const bare = new BareSocket(hostname, Number(port));
    await new Promise<void>((resolve, reject) => bare.#socket.once("connect", resolve).once("error", reject));
    bare.#plain = 4;
    await bare.#send(handshake);
    const auth = { scheme: "basic", principal: username, credentials: password };
    const extra = { userAgent: "fulgur-benchmarks/0", boltAgent: { product: "fulgur-benchmarks/0" } };
    await bare.exchange([{ type: "HELLO", extra } as Message, { type: "LOGON", auth } as Message], 2)();
    return bare;
  }

  /** What sends these messages, encoded once, in one write, and waits for so many answers, records included. */
  exchange(messages: readonly Message[], answers: number): () => Promise<void> {
    const bytes = Buffer.concat(messages.map((message) => this.#codec.encodeMessage(message)));
    return () => {
      this.#messages = answers;
      return this.#send(bytes);
    };
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve;
      this.#socket.write(bytes);
    });
  }

  #take(bytes: Uint8Array, length: number): void {
    let at = 0;
    while (at < length) {
      if (this.#plain > 0) {
        const taken = Math.min(this.#plain, length - at);
        at += taken;
        this.#plain -= taken;
        if (this.#plain === 0) this.#done();
      } else if (this.#chunk > 0) {
        const taken = Math.min(this.#chunk, length - at);
        at += taken;
        this.#chunk -= taken;
      } else if (this.#sizeBegun === undefined) {
        this.#sizeBegun = bytes[at++];
      } else {
        this.#chunk = (this.#sizeBegun << 8) | (bytes[at++] as number);
        this.#sizeBegun = undefined;
        if (this.#chunk > 0) this.#isInMessage = true;
        else if (this.#isInMessage) this.#ended();
      }
    }
  }

  #ended(): void {
    this.#isInMessage = false;
    this.#messages--;
    if (this.#messages === 0) this.#done();
  }
}
