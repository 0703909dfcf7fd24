/** What a client has sent in a whole job, taken down between it and the server, to be sent again without a client. */
import { connect, createServer, type Server, type Socket } from "node:net";

/** One connection's bytes. */
export interface RecordedConnection {
  /** The client's part of the handshake: 20 bytes, and with a manifest its choice. */
  readonly opening: readonly string[];
  /** HELLO and what else is said before the first transaction. */
  readonly login: string;
  /** The transactions, up to GOODBYE. */
  readonly work: string;
  readonly loginAnswers: number;
  readonly workAnswers: number;
}

const signature = { GOODBYE: 0x02, BEGIN: 0x11 } as const;

export class Recorder {
  readonly #server: Server;
  readonly #connections: { readonly pieces: Buffer[] }[] = [];

  /** @param port where the server listens */
  constructor(port: number) {
    this.#server = createServer({ noDelay: true }, (client) => this.#relay(client, port));
  }

  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", () => resolve(String((this.#server.address() as { port: number }).port)));
    });
  }

  #relay(client: Socket, port: number): void {
    const server = connect({ port, host: "127.0.0.1", noDelay: true });
    const connection = { pieces: [] as Buffer[] };
    this.#connections.push(connection);
    client.on("data", (bytes: Buffer) => {
      connection.pieces.push(bytes);
      server.write(bytes);
    });
    server.pipe(client);
    client.on("end", () => server.end());
    for (const socket of [client, server]) socket.on("error", () => [client, server].map((one) => one.destroy()));
  }

  /** What was sent; the client has closed its connections by now. */
  async end(): Promise<Buffer[]> {
    await new Promise((resolve) => this.#server.close(resolve));
    return this.#connections.map(({ pieces }) => Buffer.concat(pieces));
  }
}

/** Takes a connection's bytes apart. `undefined`: it has had no transaction. */
export function recordedConnection(bytes: Buffer): RecordedConnection | undefined {
  // A chosen version begins with two zeros, as no message does.
  const choice = bytes[20] === 0 && bytes[21] === 0 ? 5 : 0;
  const opening = [bytes.subarray(0, 20), bytes.subarray(20, 20 + choice)].filter(({ length }) => length > 0);
  const messages = bytes.subarray(20 + choice);
  let begin = -1;
  let goodbye = messages.length;
  let loginAnswers = 0;
  let count = 0;
  for (const { tag, start } of messagesIn(messages)) {
    if (tag === signature.GOODBYE) goodbye = start;
    else {
      if (tag === signature.BEGIN && begin < 0) {
        begin = start;
        loginAnswers = count;
      }
      count++;
    }
  }
  if (begin < 0) return undefined;
  const text = (part: Buffer) => part.toString("base64");
  return {
    opening: opening.map(text),
    login: text(messages.subarray(0, begin)),
    work: text(messages.subarray(begin, goodbye)),
    loginAnswers,
    workAnswers: count - loginAnswers,
  };
}

/** Each message's signature, and where its first chunk starts. */
function* messagesIn(bytes: Buffer): Iterable<{ readonly tag: number; readonly start: number }> {
  let start = 0;
  for (let at = 0; at + 2 <= bytes.length; ) {
    const size = bytes.readUInt16BE(at);
    at += 2 + size;
    if (size > 0) continue;
    // Two zeros without a chunk before them are a sign of life, no message.
    if (at - start > 2) yield { tag: bytes[start + 3] as number, start };
    start = at;
  }
}
