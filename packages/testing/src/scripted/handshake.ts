import type { BoltVersion } from "@fulgur/neo4j-codec";

/**
 * How a scripted server answers the opening bytes: by a manifest (as Neo4j from 5.26 on), with the version alone (as older
 * ones), or with these bytes and nothing else. Bytes that begin a manifest make the server read the client's choice.
 */
export type HandshakeAnswer = "manifest" | "legacy" | Uint8Array;

const magic = [0x60, 0x60, 0xb0, 0x17];
const manifestMark = [0, 0, 1, 0xff];
const openingLength = 20;
const choiceLength = 4;
const nothing = new Uint8Array(0);

/** The server's side of the handshake: gets bytes, says what to answer, and knows when the messages begin. */
export class ServerHandshake {
  readonly #version: BoltVersion;
  readonly #answer: Uint8Array;
  #bytes: Uint8Array = nothing;
  #opening: Uint8Array = nothing;
  #choice: Uint8Array = nothing;
  #done = false;

  constructor(version: BoltVersion, answer: HandshakeAnswer) {
    this.#version = version;
    this.#answer = answerBytes(version, answer);
  }

  /** Whether what comes next are messages. */
  get done(): boolean {
    return this.#done;
  }

  /** The opening bytes of the client: the magic and four proposals. Empty until they have come. */
  get opening(): Uint8Array {
    return this.#opening;
  }

  /** The client's answer to a manifest: a version and its capabilities. Empty until it has come. */
  get choice(): Uint8Array {
    return this.#choice;
  }

  /**
   * Takes bytes; `reply` is what to send at once, `rest` what belongs to the messages already.
   *
   * @throws Error if the client does not begin with the magic, or chooses another version than the scripted one.
   */
  push(bytes: Uint8Array): { reply: Uint8Array | undefined; rest: Uint8Array } {
    this.#bytes = joined(this.#bytes, bytes);
    let reply: Uint8Array | undefined;
    if (this.#opening.length === 0) {
      if (this.#bytes.length < openingLength) return { reply, rest: nothing };
      reply = this.#open(this.#take(openingLength));
    }
    if (!this.#done) this.#choose();
    return { reply, rest: this.#done ? this.#take(this.#bytes.length) : nothing };
  }

  #open(opening: Uint8Array): Uint8Array {
    this.#opening = opening;
    if (!startsWith(opening, magic)) throw new Error("the client did not begin with Bolt's magic");
    this.#done = !startsWith(this.#answer, manifestMark);
    return this.#answer;
  }

  #choose(): void {
    // The chosen version, then the chosen capabilities as a varint, whose last byte alone has a clear high bit.
    const last = this.#bytes.findIndex((byte, index) => index >= choiceLength && byte < 0x80);
    if (last < 0) return;
    this.#choice = this.#take(last + 1);
    const [range, minor, major] = this.#choice.subarray(1, choiceLength);
    if (`${major}.${minor}` !== this.#version || range !== 0) {
      throw new Error(`the client chose Bolt ${major}.${minor}, the script speaks ${this.#version}`);
    }
    this.#done = true;
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.slice(0, length);
    this.#bytes = this.#bytes.slice(length);
    return taken;
  }
}

function answerBytes(version: BoltVersion, answer: HandshakeAnswer): Uint8Array {
  if (answer instanceof Uint8Array) return answer;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  // A manifest with one entry and no capabilities; or the version alone.
  return Uint8Array.from(answer === "manifest" ? [...manifestMark, 1, 0, 0, minor, major, 0] : [0, 0, minor, major]);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
