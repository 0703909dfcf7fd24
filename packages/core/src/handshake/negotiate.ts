import { type BoltVersion, boltVersions } from "@fulgur/neo4j-codec";
import { ServiceUnavailable } from "../errors/availability-errors.ts";
import { BoltProtocolError } from "../errors/bolt-protocol-error.ts";
import { UnsupportedServerProduct } from "../errors/configuration-errors.ts";
import { httpAnswer, manifestVersion } from "../gen/handshake.ts";
import { whyNoTls } from "../transport/tls-failure.ts";
import { readManifest } from "./manifest.ts";
import {
  manifestMarker,
  newestFirst,
  openingBytes,
  proposalBytes,
  rangeHolds,
  readRange,
  type VersionRange,
} from "./proposals.ts";

/** A version that both sides agreed on. */
export interface Negotiated {
  readonly version: BoltVersion;
  /** What the client still has to send before its first message; empty without a manifest. */
  readonly reply: Uint8Array;
  /** Bytes that came after the handshake, and belong to the conversation. */
  readonly rest: Uint8Array;
}

/**
 * The handshake from the client's side, without any I/O: feed it what the server sends, until it gives a result.
 *
 * Its failures: a server that speaks HTTP or says nothing is ServiceUnavailable, one without a common version
 * UnsupportedServerProduct, and everything that breaks the rules a BoltProtocolError.
 */
export class Negotiation {
  readonly #allowed: readonly BoltVersion[];
  readonly #address: string;
  readonly #isEncrypted: boolean;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(address: string, allowed: readonly BoltVersion[] = boltVersions, isEncrypted = false) {
    this.#address = address;
    this.#isEncrypted = isEncrypted;
    this.#allowed = newestFirst(allowed);
  }

  /** The first bytes of the connection. */
  opening(): Uint8Array {
    return openingBytes(this.#allowed);
  }

  /**
   * Takes bytes of the server.
   *
   * @returns the result, or `undefined` while bytes are missing.
   */
  receive(bytes: Uint8Array): Negotiated | undefined {
    const all = new Uint8Array(this.#bytes.length + bytes.length);
    all.set(this.#bytes);
    all.set(bytes, this.#bytes.length);
    this.#bytes = all;
    if (all.length < 4) return undefined;
    const answer = readRange(all);
    if (all[0] === 0 && answer.major === manifestMarker) return this.#chooseFromManifest(answer.minor);
    return { version: this.#acceptChoice(answer), reply: new Uint8Array(0), rest: all.slice(4) };
  }

  /** What it means that the server closed now. */
  ended(cause?: Error): Error {
    const options = cause === undefined ? undefined : { cause };
    // Under TLS 1.3 a server says only now what it thinks of the client's certificate.
    const why = cause && whyNoTls(cause, this.#address);
    if (why !== undefined) {
      return new ServiceUnavailable(
        `The server at ${this.#address} closed the connection during the handshake: ${why}.`,
        options,
      );
    }
    if (this.#bytes.length === 0) {
      const wish = this.#isEncrypted
        ? "another client certificate (clientCertificate)"
        : "encryption (bolt+s, neo4j+s)";
      return new ServiceUnavailable(
        `The server at ${this.#address} closed the connection during the handshake without a word. Is it a Neo4j server's Bolt port, and does it want ${wish}?`,
        options,
      );
    }
    return new BoltProtocolError(
      `The server at ${this.#address} closed the connection in the middle of the handshake, after ${this.#bytes.length} bytes.`,
      options,
    );
  }

  #acceptChoice(answer: VersionRange): BoltVersion {
    const first = this.#bytes.subarray(0, 4);
    if (httpAnswer.every((byte, i) => byte === first[i])) {
      throw new ServiceUnavailable(
        `The server at ${this.#address} answered in HTTP: it isn't a Bolt port. Neo4j's Bolt port is 7687 unless configured otherwise; 7474 and 7473 are its HTTP ports.`,
      );
    }
    // A TLS record: alert or handshake, version 3.x.
    if ((first[0] === 0x15 || first[0] === 0x16) && first[1] === 3) {
      throw new ServiceUnavailable(
        `The server at ${this.#address} wants encryption: use the scheme bolt+s or neo4j+s (bolt+ssc, neo4j+ssc if it signed its certificate itself).`,
      );
    }
    if (first.every((byte) => byte === 0)) {
      throw new UnsupportedServerProduct(
        `The server at ${this.#address} speaks none of the Bolt versions ${this.#listed()}. Is it too old or too new?`,
      );
    }
    const version = this.#allowed.find(
      (candidate) => first[0] === 0 && answer.range === 0 && candidate === `${answer.major}.${answer.minor}`,
    );
    if (version !== undefined) return version;
    throw new BoltProtocolError(
      `The server at ${this.#address} chose a Bolt version that it wasn't offered (bytes ${hex(first)}); offered were ${this.#listed()}.`,
    );
  }

  #chooseFromManifest(version: number): Negotiated | undefined {
    if (version !== manifestVersion) {
      throw new BoltProtocolError(
        `The server at ${this.#address} sent a handshake manifest of version ${version}; only version ${manifestVersion} was offered.`,
      );
    }
    const manifest = readManifest(this.#bytes.subarray(4));
    if (manifest === undefined) return undefined;
    const chosen = this.#allowed.find((candidate) => manifest.offers.some((range) => rangeHolds(range, candidate)));
    if (chosen === undefined) {
      const offered = manifest.offers.map(({ major, minor, range }) =>
        range === 0 ? `${major}.${minor}` : `${major}.${Math.max(0, minor - range)} to ${major}.${minor}`,
      );
      throw new UnsupportedServerProduct(
        `The server at ${this.#address} speaks Bolt ${offered.join(", ") || "(no version)"}, none of ${this.#listed()}.`,
      );
    }
    const [major = 0, minor = 0] = chosen.split(".").map(Number);
    return {
      version: chosen,
      // The trailing 0: none of the server's capabilities.
      reply: Uint8Array.from([...proposalBytes({ major, minor, range: 0 }), 0]),
      rest: this.#bytes.slice(4 + manifest.size),
    };
  }

  #listed(): string {
    return [...this.#allowed].reverse().join(", ");
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
