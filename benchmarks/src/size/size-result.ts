import type { Machine } from "../machine.ts";
import type { Spread } from "../statistics.ts";

/** How large a package is in an application's bundle, in kB (of 1,000 bytes). */
export interface Size {
  readonly name: string;
  readonly minified: number;
  readonly gzipped: number;
}

/** A fresh process, from before the import: milliseconds until something is decoded. */
export interface StartUp {
  readonly name: string;
  /** One short record. */
  readonly firstMessage: Spread;
  /** After that, also the first 64 KiB of nodes. */
  readonly firstBuffer: Spread;
}

/** size.json. */
export interface SizeResult {
  readonly sizes: readonly Size[];
  /** By the major version of Node. */
  readonly startUp: Readonly<Record<string, { readonly machine: Machine; readonly programs: readonly StartUp[] }>>;
}
