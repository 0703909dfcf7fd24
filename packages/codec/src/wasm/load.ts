import { codecWasm } from "../gen/codec-wasm.ts";
import { bytesOfModule } from "./module-text.ts";

/** The module's exports: functions of assembly/. */
export interface WasmExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  columns(from: number, to: number, columns: number, capacity: number, bigIntegers: number, depth: number): void;
  clearSpans(): void;
  gatherStrings(slots: number, rows: number, tags: number): number;
  loadMarkers(set: number): void;
  packRows(rows: number, columns: number, rowSlots: number, rowTags: number, encoded: number): number;
}

// The part of WebAssembly's interface that is used: this package is compiled without a DOM library.
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

let loaded: WasmExports | undefined | null = null;

/**
 * The one instance of this thread, compiled and made at the first call; `undefined` where WebAssembly is missing or
 * forbidden, or lacks SIMD.
 */
export function loadWasm(): WasmExports | undefined {
  if (loaded === null) loaded = instantiate(globalThis as { WebAssembly?: WebAssemblyApi });
  return loaded;
}

/** Makes an instance of its own, by the WebAssembly of the given global object. */
export function instantiate(scope: { readonly WebAssembly?: WebAssemblyApi }): WasmExports | undefined {
  const { WebAssembly } = scope;
  if (WebAssembly === undefined) return undefined;
  try {
    const module = new WebAssembly.Module(bytesOfModule(codecWasm));
    return new WebAssembly.Instance(module, {}).exports as WasmExports;
  } catch {
    // Forbidden by a content security policy or by the embedder, or too old: the plain engine does everything.
    return undefined;
  }
}
