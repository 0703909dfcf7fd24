import { ConfigurationError } from "@fulgur/neo4j-types";
import type { Decoder } from "./decoder.ts";
import { PlainDecoder } from "./plain/decoder.ts";
import type { Role } from "./plain/messages.ts";
import type { RowWriter, WriterScope } from "./plain/writer.ts";
import type { Profile } from "./profile.ts";
import { createWasmDecoder } from "./wasm/decoder.ts";
import { createRowEncoder } from "./wasm/encode.ts";
import { wasmMemory } from "./wasm/memory.ts";

/** The engines: WebAssembly reads batches of records into columns, plain TypeScript reads value by value. */
export type Engine = "wasm" | "plain";

/**
 * The engine that does what was asked for on this runtime.
 *
 * @throws ConfigurationError for `"wasm"` where WebAssembly can't run, and for an engine that doesn't exist.
 */
export function chooseEngine(wanted: Engine | "auto"): Engine {
  if (wanted === "plain") return "plain";
  if (wanted !== "auto" && wanted !== "wasm") {
    throw new ConfigurationError(`engine has to be "auto", "wasm" or "plain"`, { option: "engine" });
  }
  if (wasmMemory() !== undefined) return "wasm";
  if (wanted === "auto") return "plain";
  throw new ConfigurationError(`WebAssembly can't run here: use engine "auto" or "plain"`, { option: "engine" });
}

/**
 * The decoder of one connection. With `"auto"`, small results are read by the plain engine, which is as fast there; requests,
 * which only tests' servers read, always are.
 */
export function createDecoder(wanted: Engine | "auto", profile: Profile, role: Role): Decoder {
  if (wanted === "plain" || role === "server") return new PlainDecoder(profile, role);
  return (
    createWasmDecoder(profile, wanted === "wasm" ? { threshold: 1 } : { numberRows: true }) ??
    new PlainDecoder(profile, role)
  );
}

/** The engine's faster way to write long lists of maps. */
export function createRowWriter(engine: Engine, profile: Profile, scope: WriterScope): RowWriter | undefined {
  return engine === "wasm" ? createRowEncoder(profile, scope) : undefined;
}
