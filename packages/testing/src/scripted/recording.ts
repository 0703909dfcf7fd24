import { type BoltVersion, boltVersions, createCodec, messages } from "@fulgur/neo4j-codec";

/** A request and what the server said to it. */
export interface RecordedExchange {
  /** The message's name, such as `RUN`. */
  readonly request: string;
  /** A RUN's query. Parameters and credentials aren't recorded. */
  readonly query?: string;
  /** The messages that answered it, each as base64 of its PackStream bytes. */
  readonly answers: readonly string[];
}

/** What clients and a server said to each other. It is plain JSON: keep it in a file, beside the test that replays it. */
export interface Recording {
  /** Bolt's version that was spoken. */
  readonly version: BoltVersion;
  /** The patches that the server accepted. */
  readonly patches: readonly string[];
  /** The exchanges of each connection, in the order in which they were opened. */
  readonly connections: readonly (readonly RecordedExchange[])[];
}

/** Cuts a stream of chunks into messages. Keep-alives are left out. */
export class Dechunker {
  #bytes: Uint8Array = new Uint8Array(0);
  #parts: Uint8Array[] = [];

  *push(bytes: Uint8Array): Iterable<Uint8Array> {
    this.#bytes = joined([this.#bytes, bytes]);
    while (this.#bytes.length >= 2) {
      const size = this.#bytes[0]! * 256 + this.#bytes[1]!;
      if (this.#bytes.length < 2 + size) return;
      if (size > 0) this.#parts.push(this.#bytes.slice(2, 2 + size));
      this.#bytes = this.#bytes.slice(2 + size);
      if (size > 0 || this.#parts.length === 0) continue;
      yield joined(this.#parts.splice(0));
    }
  }
}

const largestChunk = 0xffff;

/** A message as it goes over the wire. */
export function chunked(message: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < message.length; at += largestChunk) {
    const part = message.subarray(at, at + largestChunk);
    parts.push(Uint8Array.of(part.length >> 8, part.length & 0xff), part);
  }
  return joined([...parts, new Uint8Array(2)]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The name of a message, by the tag in its second byte. */
export function nameOf(message: Uint8Array): string {
  const known = messages.find(({ signature }) => signature === message[1]);
  return known?.name ?? `message 0x${message[1]?.toString(16)}`;
}

/** The text that is a message's first field. */
export function firstText(message: Uint8Array): string {
  const marker = message[2] ?? 0;
  const isTiny = marker >= 0x80 && marker <= 0x8f;
  const sizeBytes = isTiny ? 0 : 1 << (marker - 0xd0);
  const size = isTiny ? marker & 0x0f : message.slice(3, 3 + sizeBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  return new TextDecoder().decode(message.subarray(3 + sizeBytes, 3 + sizeBytes + size));
}

/** The patches in HELLO's SUCCESS. */
export function patchesIn(version: BoltVersion, message: Uint8Array): readonly string[] {
  for (const answer of createCodec({ version }).decoder().push(chunked(message))) {
    const { patch_bolt: patches } = "metadata" in answer ? (answer.metadata as { patch_bolt?: unknown }) : {};
    if (Array.isArray(patches)) return patches.map(String);
  }
  return [];
}

export function checkedVersion(major: number, minor: number): BoltVersion {
  const version = boltVersions.find((known) => known === `${major}.${minor}`);
  if (version === undefined) throw new Error(`A recording of Bolt ${major}.${minor} can't be made.`);
  return version;
}
