import { type BoltVersion, boltVersions, versionNumber } from "@fulgur/neo4j-codec";
import { magic, manifestVersion, proposals } from "../gen/handshake.ts";

/** A version and how many lower minors of it are meant as well; on the wire four bytes: 0, range, minor, major. */
export interface VersionRange {
  readonly major: number;
  readonly minor: number;
  readonly range: number;
}

/** In place of the major version: what follows is a manifest, and the minor is its version. */
export const manifestMarker = 0xff;

/** How many proposals a client sends, neither more nor fewer. */
const slots = 4;

/**
 * What a client says first: the magic bytes and four proposals. All versions: the spec's proposals. A choice of versions: the manifest, then
 * as many ranges as there is room for, the newest first.
 */
export function openingBytes(allowed: readonly BoltVersion[]): Uint8Array {
  const ranges = allowed.length === boltVersions.length ? proposals : proposalsFor(allowed);
  return Uint8Array.from([...magic, ...ranges.flatMap(proposalBytes)]);
}

/** The four bytes of one proposal, or of a choice (range 0). */
export function proposalBytes({ major, minor, range }: VersionRange): number[] {
  return [0, range, minor, major];
}

/** Whether a range, offered by a server, holds a version. */
export function rangeHolds({ major, minor, range }: VersionRange, version: BoltVersion): boolean {
  const number = versionNumber[version];
  return number >> 8 === major && (number & 0xff) <= minor && (number & 0xff) >= minor - range;
}

/** Four bytes of a server. */
export function readRange(bytes: Uint8Array, offset = 0): VersionRange {
  return { range: bytes[offset + 1]!, minor: bytes[offset + 2]!, major: bytes[offset + 3]! };
}

/** The newest first. */
export function newestFirst(versions: readonly BoltVersion[]): BoltVersion[] {
  return [...versions].sort((a, b) => versionNumber[b] - versionNumber[a]);
}

function proposalsFor(versions: readonly BoltVersion[]): VersionRange[] {
  const made: VersionRange[] = [{ major: manifestMarker, minor: manifestVersion, range: 0 }];
  for (const version of newestFirst(versions)) {
    const number = versionNumber[version];
    const last = made.at(-1)!;
    if (made.length > 1 && number === (last.major << 8) + last.minor - last.range - 1) {
      made[made.length - 1] = { ...last, range: last.range + 1 };
    } else if (made.length < slots) {
      made.push({ major: number >> 8, minor: number & 0xff, range: 0 });
    }
  }
  while (made.length < slots) made.push({ major: 0, minor: 0, range: 0 });
  return made;
}
