import { ConfigurationError, ParameterError } from "@fulgur/neo4j-types";
import { boltPatches } from "./gen/versions.ts";

const known = new Set([
  "version",
  "patches",
  "engine",
  "integers",
  "temporal",
  "role",
  "maxDepth",
  "floatLists",
  "codeGeneration",
  "detachStrings",
]);

/**
 * Refuses options that don't exist, and patches that the spec doesn't know; the others are checked where they are used.
 *
 * @throws ConfigurationError that names the option and what it may be.
 */
export function checkCodecOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) {
    throw new ConfigurationError('createCodec needs its options, such as { version: "5.8" }');
  }
  for (const option of Object.keys(options)) {
    if (known.has(option)) continue;
    throw new ConfigurationError(`createCodec has no option ${option}; it has ${[...known].join(", ")}`, { option });
  }
  const { patches = [] } = options as { patches?: unknown };
  if (!Array.isArray(patches) || patches.some((patch) => !boltPatches.includes(patch))) {
    const names = boltPatches.map((patch) => `"${patch}"`).join(", ");
    throw new ConfigurationError(`patches has to be a list of some of ${names}`, { option: "patches" });
  }
}

/** Refuses what isn't bytes, which would be decoded to nonsense. */
export function checkBytes(bytes: unknown): void {
  if (bytes instanceof Uint8Array || ArrayBuffer.isView(bytes)) return;
  throw new ParameterError("a codec decodes a Uint8Array, nothing else", { path: "bytes", type: typeof bytes });
}
