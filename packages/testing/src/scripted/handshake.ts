import type { BoltVersion } from "@fulgur/neo4j-codec";

/** How a scripted server answers the opening bytes: by a manifest (Neo4j 5.26 on), with the version alone (older), or with bytes. */
export type HandshakeAnswer = "manifest" | "legacy" | Uint8Array;

const magic = [0x60, 0x60, 0xb0, 0x17];
const openingLength = 20;
const choiceLength = 4;

function versionBytes(version: BoltVersion): [number, number] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return [major, minor];
}

/** The server's side of the handshake: gets bytes, says what to answer, and knows when the messages begin. */
export class ServerHandshake {
  readonly #version: BoltVersion;
  readonly #answer: HandshakeAnswer;
  #bytes = new Uint8Array(0);
  #opened = false;
  #done = false;

  constructor(version: BoltVersion, answer: HandshakeAnswer) {
    this.#version = version;
    this.#answer = answer;
  }

  get done(): boolean {
    return this.#done;
  }

  /** The opening bytes of the client: the magic and four proposals. */
  opening: Uint8Array = new Uint8Array(0);

  /**
   * Takes bytes; `reply` is what to send at once, `rest` what belongs to the messages already.
   *
   * @throws Error if the client does not begin with the magic, or chooses another version than the scripted one.
   */
  push(bytes: Uint8Array): { reply: Uint8Array | undefined; rest: Uint8Array } {
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
    let reply: Uint8Array | undefined;
    if (!this.#opened) {
      if (this.#bytes.length < openingLength) return { reply, rest: new Uint8Array(0) };
      this.opening = this.#bytes.slice(0, openingLength);
      if (magic.some((byte, index) => this.opening[index] !== byte))
        throw new Error("the client did not begin with Bolt's magic");
      this.#bytes = this.#bytes.slice(openingLength);
      this.#opened = true;
      reply = this.#reply();
      if (this.#answer !== "manifest") this.#done = true;
    }
    if (!this.#done && this.#bytes.length >= choiceLength) {
      // The chosen version, then the chosen capabilities as a varint; the last byte of a varint has its high bit clear.
      const end = this.#bytes.findIndex((byte, index) => index >= choiceLength && byte < 0x80);
      if (end >= 0) {
        const [major, minor] = versionBytes(this.#version);
        if (this.#bytes[3] !== major || this.#bytes[2] !== minor) {
          throw new Error(
            `the client chose Bolt ${this.#bytes[3]}.${this.#bytes[2]}, the script speaks ${this.#version}`,
          );
        }
        this.#bytes = this.#bytes.slice(end + 1);
        this.#done = true;
      }
    }
    const rest = this.#done ? this.#bytes : new Uint8Array(0);
    if (this.#done) this.#bytes = new Uint8Array(0);
    return { reply, rest };
  }

  #reply(): Uint8Array {
    if (this.#answer instanceof Uint8Array) return this.#answer;
    const [major, minor] = versionBytes(this.#version);
    // A manifest of version 1 with one entry and no capabilities; or the version alone.
    return this.#answer === "manifest"
      ? new Uint8Array([0, 0, 1, 0xff, 1, 0, 0, minor, major, 0])
      : new Uint8Array([0, 0, minor, major]);
  }
}
