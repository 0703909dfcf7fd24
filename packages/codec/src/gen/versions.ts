// Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`.

/** The versions of Bolt that are spoken, oldest first. */
export const boltVersions = ["4.4", "5.0", "5.1", "5.2", "5.3", "5.4", "5.6", "5.7", "5.8", "6.0", "6.1"] as const;

/** A version of Bolt. */
export type BoltVersion = (typeof boltVersions)[number];

/** Each version as a number, `major << 8 | minor`: ordered as the versions are. */
export const versionNumber: { readonly [version in BoltVersion]: number } = {
  "4.4": 0x0404,
  "5.0": 0x0500,
  "5.1": 0x0501,
  "5.2": 0x0502,
  "5.3": 0x0503,
  "5.4": 0x0504,
  "5.6": 0x0506,
  "5.7": 0x0507,
  "5.8": 0x0508,
  "6.0": 0x0600,
  "6.1": 0x0601,
};

/** The changes to a version that HELLO can negotiate. */
export const boltPatches: readonly string[] = ["utc"];
