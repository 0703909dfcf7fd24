import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";

const magic = [0x60, 0x60, 0xb0, 0x17];
// 6.1 to 6.0, 5.8 to 5.0, 4.4 to 4.2.
const proposals = [0, 1, 1, 6, 0, 8, 8, 5, 0, 2, 4, 4, 0, 0, 0, 0];

/** Just enough Bolt to see what a server answers, by hand, so that these tests need no driver. */
export class BoltProbe {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  #bytes = Buffer.alloc(0);
  /** The negotiated version, such as `5.4`. */
  version = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Connects and shakes hands. */
  static async open(port: number, tls?: ConnectionOptions): Promise<BoltProbe> {
    const plain = tls === undefined;
    const socket = plain ? connect(port, "127.0.0.1") : connectTls({ host: "127.0.0.1", port, ...tls });
    await once(socket, plain ? "connect" : "secureConnect");
    const probe = new BoltProbe(socket);
    socket.write(Uint8Array.from([...magic, ...proposals]));
    const answer = await probe.#read(4);
    probe.version = `${answer[3]}.${answer[2]}`;
    return probe;
  }

  /** Logs in and gives the server's verdict. */
  async login(username: string, password: string): Promise<"SUCCESS" | "FAILURE"> {
    const token = { scheme: "basic", principal: username, credentials: password };
    const agent = { user_agent: "probe/1", bolt_agent: { product: "probe/1" } };
    if (Number(this.version) < 5.1) return this.#request(0x01, { ...agent, ...token });
    const greeted = await this.#request(0x01, agent);
    return greeted === "SUCCESS" ? this.#request(0x6a, token) : greeted;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Resolves when the other side has gone. */
  async gone(): Promise<void> {
    if (!this.#socket.closed) await once(this.#socket, "close");
  }

  async #request(tag: number, extra: Extra): Promise<"SUCCESS" | "FAILURE"> {
    const message = Buffer.concat([Uint8Array.of(0xb1, tag), pack(extra)]);
    this.#socket.write(
      Buffer.concat([Uint8Array.of(message.length >> 8, message.length & 255), message, Uint8Array.of(0, 0)]),
    );
    let answer = Buffer.alloc(0);
    for (let length = await this.#length(); length > 0 || answer.length === 0; length = await this.#length()) {
      answer = Buffer.concat([answer, await this.#read(length)]);
    }
    return answer[1] === 0x70 ? "SUCCESS" : "FAILURE";
  }

  async #length(): Promise<number> {
    return (await this.#read(2)).readUInt16BE();
  }

  async #read(count: number): Promise<Buffer> {
    while (this.#bytes.length < count) {
      const next = await this.#chunks.next();
      if (next.done) throw new Error(`The server closed after ${this.#bytes.length} of ${count} bytes.`);
      this.#bytes = Buffer.concat([this.#bytes, next.value]);
    }
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }
}

interface Extra {
  readonly [key: string]: string | Extra;
}

function pack(value: string | Extra): Uint8Array {
  if (typeof value === "string") {
    const text = Buffer.from(value);
    return Buffer.concat([Uint8Array.of(0xd0, text.length), text]);
  }
  const entries = Object.entries(value).flatMap(([key, entry]) => [pack(key), pack(entry)]);
  return Buffer.concat([Uint8Array.of(0xa0 | (entries.length / 2)), ...entries]);
}
