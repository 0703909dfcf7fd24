/** The shape of the generated tables: what codegen writes into `src/gen/` and what both engines, and core, read. */

/** A protocol version as a number, `major << 8 | minor`; see `versionNumber`. */
export type VersionNumber = number;

/** A range of versions, both ends included, possibly bound to a HELLO patch. Several are alternatives; none: always. */
export interface When {
  readonly since?: VersionNumber;
  readonly until?: VersionNumber;
  readonly patch?: string;
  readonly unlessPatch?: string;
}

/** What a field or a key holds. `table` is a map whose keys are declared (a `MapTable`), `structure` one by name. */
export type WireType =
  | { readonly kind: "integer" | "float" | "boolean" | "string" | "bytes" | "uuid" | "any" }
  | { readonly kind: "list"; readonly of: WireType }
  | { readonly kind: "map"; readonly of: WireType }
  | { readonly kind: "structure"; readonly name: string }
  | { readonly kind: "table"; readonly name: string };

/** The values that data can't spell out; each is one pure function written by hand. */
export type Derivation =
  | "idAsText"
  | "generalProcessingException"
  | "containsUpdates"
  | "containsSystemUpdates"
  | "diagnosticRecord";

/** A key of a map, or a positional field of a structure or message. */
export interface KeyTable {
  /** The name in the API: camelCase, one per thing even where versions renamed its wire key. */
  readonly name: string;
  /** The name on the wire. */
  readonly key: string;
  readonly type: WireType;
  readonly on: readonly When[];
  /** Omitted when absent; in a structure or message: null when absent. */
  readonly optional?: boolean;
  readonly defaultValue?: unknown;
  readonly missing?: Derivation;
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly secret?: boolean;
  /** Its keys lie in the map around it. */
  readonly flatten?: boolean;
  readonly unit?: string;
  readonly refuseWhenUnavailable?: boolean;
}

/** A map with declared keys: an `extra`, a SUCCESS's metadata, `stats`, hints … */
export interface MapTable {
  readonly name: string;
  readonly keys: readonly KeyTable[];
}

/** Reads the fields of one structure, in order; each method throws a `StructureMismatch` if another type follows. */
export interface Source {
  integer(): number | bigint;
  float(): number;
  boolean(): boolean;
  string(): string;
  bytes(): Uint8Array;
  uuid(): unknown;
  any(): unknown;
  list<T>(item: (source: Source) => T): T[];
  /** A list of strings: frozen, and the same for equal ones. */
  strings(): readonly string[];
  map<T>(item: (source: Source) => T): Record<string, T>;
  structure(name: string): unknown;
  /** A map with declared keys, in its API form. */
  table(name: string): unknown;
  /** Null, or what `item` reads. */
  nullable<T>(item: (source: Source) => T): T | null;
}

/** Writes the fields of one structure, in order. */
export interface Sink {
  integer(value: number | bigint): void;
  float(value: number): void;
  boolean(value: boolean): void;
  string(value: string): void;
  bytes(value: Uint8Array): void;
  uuid(value: unknown): void;
  any(value: unknown): void;
  list<T>(values: readonly T[], item: (sink: Sink, value: T) => void): void;
  map<T>(values: Readonly<Record<string, T>>, item: (sink: Sink, value: T) => void): void;
  structure(name: string, value: unknown): void;
  /** A map with declared keys, given in its API form. */
  table(name: string, value: unknown): void;
  nullable<T>(value: T | null | undefined, item: (sink: Sink, value: T) => void): void;
}

/** Makes a value of a structure's fields, given in wire order, as the newest version has them. */
export type Make = (...fields: never[]) => unknown;

/** One structure. `read` and `write` are generated code; which of several structures a version uses is data. */
export interface StructureTable {
  readonly name: string;
  readonly tag: number;
  /** The value that it carries: a class of `types`, or its own name (then a branded plain object). */
  readonly value: string;
  readonly form: string;
  readonly on: readonly When[];
  readonly sendable: boolean;
  readonly fields: readonly KeyTable[];
  /** Reads `size` fields and derives the ones that this size lacks. */
  read(source: Source, size: number, make: Make): unknown;
  /** Writes the first `size` fields. */
  write(sink: Sink, fields: readonly unknown[], size: number): void;
}

export interface MessageTable {
  /** The message's name in the protocol: `RUN`. */
  readonly name: string;
  readonly signature: number;
  readonly direction: "request" | "response";
  readonly on: readonly When[];
  readonly fields: readonly KeyTable[];
  /** The `MapTable` of the SUCCESS that answers it. */
  readonly success?: string;
  readonly unanswered?: boolean;
}

export interface MarkerTable {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly type: string;
  readonly layout: "inline" | "fixed" | "tiny" | "sized";
  readonly sizeBytes: number;
  readonly fixedBytes: number;
  readonly on: readonly When[];
  readonly decodeOnly: boolean;
}

/** Whether something declared `on` these ranges exists in a version with these accepted patches. */
export function isOn(on: readonly When[], version: VersionNumber, patches: ReadonlySet<string>): boolean {
  if (on.length === 0) return true;
  return on.some(
    (when) =>
      (when.since === undefined || version >= when.since) &&
      (when.until === undefined || version <= when.until) &&
      (when.patch === undefined || patches.has(when.patch)) &&
      (when.unlessPatch === undefined || !patches.has(when.unlessPatch)),
  );
}
