import { connect, type Socket } from "node:net";
import { type BoltVersion, type bolt, type Codec, createCodec, type Decoder, type Message } from "@fulgur/neo4j-codec";

/** The client's end of a connection, byte by byte: knows the codec, but no rules. */
export class RawClient {
  readonly codec: Codec;
  readonly #socket: Socket;
  readonly #decoder: Decoder;
  #bytes: number[] = [];
  #isClosed = false;
  #changed: () => void = () => {};

  private constructor(socket: Socket, version: BoltVersion) {
    this.codec = createCodec({ version });
    this.#decoder = this.codec.decoder();
    this.#socket = socket;
    socket.on("data", (bytes: Uint8Array) => {
      this.#bytes.push(...bytes);
      this.#changed();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#isClosed = true;
      this.#changed();
    });
  }

  static async to(port: number, version: BoltVersion): Promise<RawClient> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return new RawClient(socket, version);
  }

  /** Opens as a client that knows only this one version, which the server answers by itself. */
  static async legacy(port: number, version: BoltVersion): Promise<RawClient> {
    const client = await RawClient.to(port, version);
    const [major = 0, minor = 0] = version.split(".").map(Number);
    client.write(opening([0, 0, minor, major]));
    await client.bytes(4);
    return client;
  }

  write(...pieces: (bolt.Request | ArrayLike<number>)[]): void {
    const bytes = pieces.flatMap((piece) => [
      ...("type" in piece ? this.codec.encodeMessage(piece) : Array.from(piece)),
    ]);
    this.#socket.write(Uint8Array.from(bytes));
  }

  end(): void {
    this.#socket.end();
  }

  async bytes(count: number): Promise<number[]> {
    while (this.#bytes.length < count && !this.#isClosed) await this.#change();
    return this.#bytes.splice(0, count);
  }

  /** The next messages; records as `{ type: "RECORD", rows }`. */
  async messages(count: number): Promise<unknown[]> {
    const messages: unknown[] = [];
    while (messages.length < count) {
      while (this.#bytes.length === 0) {
        if (this.#isClosed) throw new Error("the server has closed");
        await this.#change();
      }
      for (const message of this.#decoder.push(Uint8Array.from(this.#bytes.splice(0)))) {
        messages.push(
          message.type === "RECORD" ? { type: "RECORD", rows: message.rows() } : (message satisfies Message),
        );
      }
    }
    return messages;
  }

  async closed(): Promise<void> {
    while (!this.#isClosed) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}

/** The magic and up to four proposals. */
export function opening(...proposals: number[][]): number[] {
  const bytes = [0x60, 0x60, 0xb0, 0x17, ...proposals.flat()];
  return [...bytes, ...new Array<number>(20 - bytes.length).fill(0)];
}
