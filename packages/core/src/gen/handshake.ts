// Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`.

/** A version, and how many lower minors are also acceptable; major 255 asks for a manifest of version `minor`. */
export interface Proposal {
  readonly major: number;
  readonly minor: number;
  readonly range: number;
}

/** The first four bytes that a client sends. */
export const magic: readonly number[] = [0x60, 0x60, 0xb0, 0x17];

/**
 * How a connection opens: the client sends the magic bytes and four proposals, each a version with a number of lower
 * minors that are also acceptable; major 255 asks for a manifest (its version is the minor). The server answers with
 * four bytes: a version, zeros for none, or a manifest, which lists every version that it speaks and lets the client
 * choose. Version 5.5 was never released, so no proposal covers it.
 */
export const proposals: readonly Proposal[] = [
  { major: 255, minor: 1, range: 0 },
  { major: 5, minor: 8, range: 2 },
  { major: 5, minor: 4, range: 4 },
  { major: 4, minor: 4, range: 0 },
];

/** All that a client sends at first: the magic, then each proposal as 0, range, minor, major. */
export const opening: readonly number[] = [
  0x60,
  0x60,
  0xb0,
  0x17,
  0x00,
  0x00,
  0x01,
  0xff,
  0x00,
  0x02,
  0x08,
  0x05,
  0x00,
  0x04,
  0x04,
  0x05,
  0x00,
  0x00,
  0x04,
  0x04,
];

/** The manifest's version that a server may answer with. */
export const manifestVersion = 1;

/** The four bytes with which a server that speaks HTTP answers. */
export const httpAnswer: readonly number[] = [0x48, 0x54, 0x54, 0x50];
