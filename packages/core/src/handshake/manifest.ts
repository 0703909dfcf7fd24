import { BoltProtocolError } from "../errors/bolt-protocol-error.ts";
import { readRange, type VersionRange } from "./proposals.ts";

/** What a server offers in a manifest of version 1. */
export interface Manifest {
  readonly offers: readonly VersionRange[];
  /** A bit mask; none of the bits has a meaning yet. */
  readonly capabilities: bigint;
  /** How many bytes it took. */
  readonly size: number;
}

/** Far more than there ever will be versions: a longer list is no manifest. */
const mostOffers = 1024;

/** A varint holds 64 bits, 7 in each byte. */
const longestVarint = 10;

/**
 * Reads a manifest from the bytes after `00 00 01 FF`.
 *
 * @returns the manifest, or `undefined` while bytes are missing.
 * @throws BoltProtocolError when it can't be one.
 */
export function readManifest(bytes: Uint8Array): Manifest | undefined {
  const count = readVarint(bytes, 0);
  if (count === undefined) return undefined;
  if (count.value > BigInt(mostOffers)) {
    throw new BoltProtocolError(
      `The server's manifest announces ${count.value} versions, more than the ${mostOffers} that are accepted.`,
    );
  }
  const offersEnd = count.end + Number(count.value) * 4;
  if (bytes.length < offersEnd) return undefined;
  const capabilities = readVarint(bytes, offersEnd);
  if (capabilities === undefined) return undefined;
  const offers: VersionRange[] = [];
  for (let at = count.end; at < offersEnd; at += 4) offers.push(readRange(bytes, at));
  return { offers, capabilities: capabilities.value, size: capabilities.end };
}

/** A number of up to 64 bits: 7 bits a byte, the least significant first, the top bit says that more follow. */
export function readVarint(bytes: Uint8Array, offset: number): { value: bigint; end: number } | undefined {
  let value = 0n;
  for (let i = 0; i < longestVarint; i++) {
    const byte = bytes[offset + i];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) {
      if (value < 1n << 64n) return { value, end: offset + i + 1 };
      break;
    }
  }
  throw new BoltProtocolError("The server's manifest has a number of more than 64 bits.");
}
