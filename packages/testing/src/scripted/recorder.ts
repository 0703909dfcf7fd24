import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { BoltVersion } from "@fulgur/neo4j-codec";
import { parseUri } from "@fulgur/neo4j-core";
import {
  checkedVersion,
  Dechunker,
  firstText,
  joined,
  nameOf,
  patchesIn,
  type RecordedExchange,
  type Recording,
} from "./recording.ts";

/** Stands between clients and a real server, and writes down what they say. */
export interface Recorder extends AsyncDisposable {
  /** For the clients: `bolt://127.0.0.1:port`. */
  readonly uri: string;
  /** What was said until now. @throws Error when nobody has connected yet */
  recording(): Recording;
  /** Closes all connections and the port. */
  stop(): Promise<void>;
}

const magicAndProposals = 20;
const manifestMark = [0, 0, 1, 0xff];

/**
 * Starts to record what clients and a real server say to each other. The connection to the server is plain; credentials and parameters
 * aren't recorded, what the server answers is.
 *
 * @example
 * ```ts
 * await using recorder = await startRecorder(neo4j.uri);
 * // … a driver for recorder.uri does something …
 * writeFileSync("films.json", JSON.stringify(recorder.recording()));
 * ```
 */
export async function startRecorder(uri: string): Promise<Recorder> {
  const { host, port, encrypted } = parseUri(uri);
  if (encrypted) throw new Error("What is encrypted can't be recorded: use bolt://.");
  const records: ConnectionRecord[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const record = new ConnectionRecord();
    records.push(record);
    const upstream = connect({ host, port, noDelay: true });
    for (const [one, other, heard] of [
      [client, upstream, (bytes: Uint8Array) => record.client(bytes)],
      [upstream, client, (bytes: Uint8Array) => record.server(bytes)],
    ] as const) {
      sockets.add(one);
      one.on("data", (bytes: Uint8Array) => {
        heard(bytes);
        other.write(bytes);
      });
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        other.destroySoon();
      });
    }
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    uri: `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop,
    [Symbol.asyncDispose]: stop,
    recording() {
      const [first] = records.filter((record) => record.version !== undefined);
      if (first?.version === undefined) throw new Error("Nothing was recorded: no client has connected.");
      return { version: first.version, patches: first.patches, connections: records.map(({ exchanges }) => exchanges) };
    },
  };
}

/** What was said on one connection. */
class ConnectionRecord {
  version: BoltVersion | undefined;
  patches: readonly string[] = [];
  readonly exchanges: (RecordedExchange & { readonly answers: string[] })[] = [];
  readonly #requests = new Dechunker();
  readonly #answers = new Dechunker();
  /** Bytes before the first message. */
  #opening: Uint8Array | undefined = new Uint8Array(0);
  #reply: Uint8Array | undefined = new Uint8Array(0);
  #isManifest = false;
  /** How many of the exchanges have been answered. */
  #answered = 0;

  client(bytes: Uint8Array): void {
    const rest = this.#afterOpening(bytes);
    for (const message of this.#requests.push(rest)) {
      const request = nameOf(message);
      if (request === "GOODBYE") continue;
      this.exchanges.push({ request, ...(request === "RUN" ? { query: firstText(message) } : {}), answers: [] });
    }
  }

  server(bytes: Uint8Array): void {
    const rest = this.#afterReply(bytes);
    for (const message of this.#answers.push(rest)) {
      const exchange = this.exchanges[this.#answered];
      exchange?.answers.push(Buffer.from(message).toString("base64"));
      if (nameOf(message) === "RECORD") continue;
      this.#answered++;
      if (exchange?.request === "HELLO" && this.version !== undefined) this.patches = patchesIn(this.version, message);
    }
  }

  /** The client's magic and proposals, and after a manifest its choice. */
  #afterOpening(bytes: Uint8Array): Uint8Array {
    if (this.#opening === undefined) return bytes;
    this.#opening = joined([this.#opening, bytes]);
    const choice = this.#opening.subarray(magicAndProposals);
    if (choice.length === 0) return choice;
    const [, , minor = 0, major = 0] = choice;
    const end = this.#isManifest ? afterVarint(choice, 4) : 0;
    if (end === undefined) return new Uint8Array(0);
    if (this.#isManifest) this.version = checkedVersion(major, minor);
    this.#opening = undefined;
    return choice.subarray(end);
  }

  /** The server's version, or its manifest. */
  #afterReply(bytes: Uint8Array): Uint8Array {
    if (this.#reply === undefined) return bytes;
    this.#reply = joined([this.#reply, bytes]);
    const end = this.#endOfReply(this.#reply);
    if (end === undefined) return new Uint8Array(0);
    const rest = this.#reply.subarray(end);
    this.#reply = undefined;
    return rest;
  }

  #endOfReply(reply: Uint8Array): number | undefined {
    if (reply.length < 4) return undefined;
    this.#isManifest = manifestMark.every((byte, at) => reply[at] === byte);
    if (!this.#isManifest) {
      this.version = checkedVersion(reply[3]!, reply[2]!);
      return 4;
    }
    const list = afterVarint(reply, 4);
    // A manifest of more than 127 versions isn't a manifest of ours.
    return list === undefined ? undefined : afterVarint(reply, list + 4 * reply[4]!);
  }
}

/** Where what follows a varint begins; undefined: it isn't complete. Its last byte alone has a clear high bit. */
function afterVarint(bytes: Uint8Array, at: number): number | undefined {
  const last = bytes.findIndex((byte, index) => index >= at && byte < 0x80);
  return last < 0 ? undefined : last + 1;
}
