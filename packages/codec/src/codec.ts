import { ConfigurationError, implementationOf, type TemporalImplementation } from "@fulgur/neo4j-types";
import { checkBytes, checkCodecOptions } from "./codec-options.ts";
import type { Decoder, Message } from "./decoder.ts";
import { chooseEngine, createDecoder, createRowWriter, type Engine } from "./engine.ts";
import type { MapTypes, Response } from "./gen/messages.ts";
import type { BoltVersion } from "./gen/versions.ts";
import { readMap, writeMap } from "./metadata.ts";
import { MessageWriter } from "./plain/message-writer.ts";
import type { Role } from "./plain/messages.ts";
import { Reader } from "./plain/reader.ts";
import { ValueWriter } from "./plain/value-writer.ts";
import { createProfile, type FloatListMode, type IntegerMode, type Profile } from "./profile.ts";

/** How temporal values come out; see {@link CodecOptions.temporal}. */
export type TemporalMode = "native" | "temporal" | { readonly implementation: TemporalImplementation };

/** What a codec speaks, and how values come out of it. */
export interface CodecOptions {
  /** The protocol version that the handshake agreed on. */
  readonly version: BoltVersion;
  /** The patches that HELLO agreed on: `["utc"]` with Bolt 4.4. Default: none. */
  readonly patches?: readonly string[] | undefined;
  /** Default `"auto"`: WebAssembly where it runs and pays, else plain TypeScript. Both give the same values and errors. */
  readonly engine?: Engine | "auto" | undefined;
  /**
   * How INTEGERs come out. `"auto"`, the default: a number when it is safe, else a bigint; `"bigint"`: always a bigint;
   * `"number"`: always a number, and an integer that isn't safe is a broken value that names its column. Never rounded.
   */
  readonly integers?: IntegerMode | undefined;
  /**
   * How temporal values come out. `"native"`, the default: this house's own classes, lossless. `"temporal"`: objects of the global TC39
   * `Temporal`; `{ implementation }`: of another one, such as a polyfill. Where Temporal has no object for a value (a ZONED TIME, an
   * offset with seconds, a duration of mixed signs) or the value is out of its range, the native one comes.
   */
  readonly temporal?: TemporalMode | undefined;
  /**
   * Whether each string is of its own. By default the strings of records that arrived together, up to 96 KiB of them, may be parts of one
   * text, which stays in memory as long as one of its longer parts does: at worst, few kept strings keep all the bytes of their result. `true`
   * saves that, and makes rows of longer strings cost about twice as much time. Default false; docs/strings-and-memory.md has the figures.
   */
  readonly detachStrings?: boolean | undefined;
  /** Which end of the connection this is. Default `"client"`: encodes requests and decodes responses. */
  readonly role?: Role | undefined;
  /** How deep lists, maps and structures may nest, both ways; 1 to 2000. Default 500. */
  readonly maxDepth?: number | undefined;
  /**
   * How a LIST of nothing but FLOATs, such as an embedding, comes out. `"array"`, the default: as any other list, an array of numbers.
   * `"typed"`: as a Float64Array, which costs less than half; an empty list stays an array. Both are sent as a LIST again.
   */
  readonly floatLists?: FloatListMode | undefined;
  /**
   * Whether JavaScript is generated for rows of one shape (`new Function`). Default: where the runtime allows it; a strict content
   * security policy doesn't. The values are the same without it, they only cost more.
   */
  readonly codeGeneration?: boolean | undefined;
}

/** Bytes to values and back, for one protocol version. It does no I/O and holds no connection: share it among connections that agree on the options. */
export interface Codec {
  readonly version: BoltVersion;
  readonly engine: Engine;
  readonly role: Role;
  /** The tables of the version, resolved. */
  readonly profile: Profile;
  /**
   * Encodes one value as PackStream, without chunks: of any type that the version has, also those that only servers send.
   *
   * @throws ParameterError with path and type for a value that can't be sent.
   */
  encodeValue(value: unknown): Uint8Array;
  /**
   * Decodes the PackStream bytes of exactly one value.
   *
   * @throws PackStreamError with the offset in these bytes if they are malformed, can't be decoded, or go on after the value.
   */
  decodeValue(bytes: Uint8Array): unknown;
  /**
   * Encodes a message, in chunks and with the closing `00 00`. Nothing else refers to the bytes that it gives.
   *
   * @throws ParameterError with path and type for a value that can't be sent.
   * @throws ConfigurationError for a message or key that this version lacks.
   */
  encodeMessage(message: Message | Response): Uint8Array;
  /**
   * Gives the memory of a large message back once its bytes were sent, for messages to come. Nothing but the collector's work depends on it;
   * what {@link encodeMessage} hasn't made, or was given back already, is let alone. Nobody may read the message any more.
   */
  release(message: Uint8Array): void;
  /** A decoder for the bytes of one connection. */
  decoder(): Decoder;
  /**
   * The API form of a raw map, such as a SUCCESS's metadata: names in camel case, defaults and derivations filled in.
   *
   * @param table the map's name in the spec: `"RunSuccess"`, `"FailureMetadata"` …
   * @throws PackStreamError when a key is missing that is always there.
   */
  readMetadata<Name extends keyof MapTypes>(table: Name, raw: Readonly<Record<string, unknown>>): MapTypes[Name];
  /** The reverse of {@link readMetadata}. @throws ConfigurationError or ParameterError for a key that can't be sent. */
  writeMetadata<Name extends keyof MapTypes>(table: Name, value: Partial<MapTypes[Name]>): Record<string, unknown>;
}

/**
 * Makes the codec of a protocol version.
 *
 * @throws ConfigurationError for an option that doesn't exist, an engine that this runtime can't run, or `temporal: "temporal"` where there is no
 *   global Temporal.
 */
export function createCodec(options: CodecOptions): Codec {
  checkCodecOptions(options);
  const {
    version,
    patches = [],
    engine = "auto",
    integers = "auto",
    temporal = "native",
    role = "client",
    maxDepth = 500,
    floatLists = "array",
    codeGeneration,
    detachStrings = false,
  } = options;
  if (role !== "client" && role !== "server") {
    throw new ConfigurationError(`role has to be "client" or "server"`, { option: "role" });
  }
  if (typeof detachStrings !== "boolean") {
    throw new ConfigurationError("detachStrings has to be true or false", { option: "detachStrings" });
  }
  const profile = createProfile({
    version,
    patches,
    integers,
    maxDepth,
    temporal: temporalOf(temporal),
    floatLists,
    detachStrings,
    ...(codeGeneration !== undefined && { codeGeneration }),
  });
  const chosen = chooseEngine(engine);
  const scope = role === "client" ? "parameters" : "any";
  const messages = new MessageWriter(profile, role, scope, createRowWriter(chosen, profile, scope));
  let values: ValueWriter | undefined;
  const reader = new Reader(profile);
  return {
    version,
    engine: chosen,
    role,
    profile,
    encodeValue(value) {
      values ??= new ValueWriter(profile, createRowWriter(chosen, profile, "any"));
      return values.write(value);
    },
    decodeValue(bytes) {
      checkBytes(bytes);
      reader.reset(bytes, 0, bytes.length);
      const value = reader.readValue();
      reader.expectEnd();
      return value;
    },
    encodeMessage: (message) => messages.write(message),
    release: (message) => messages.release(message),
    decoder: () => createDecoder(engine, profile, role),
    readMetadata: (table, raw) => readMap(table, raw, profile) as never,
    writeMetadata: (table, value) => writeMap(table, value as Record<string, unknown>, profile),
  };
}

/** Temporal's classes, or `undefined` for our own. */
function temporalOf(mode: TemporalMode): TemporalImplementation | undefined {
  if (mode === "native") return undefined;
  const option = { option: "temporal" };
  if (mode === "temporal") {
    try {
      return implementationOf(undefined);
    } catch (error) {
      const advice = 'use { implementation: Temporal } with a polyfill\'s Temporal, or "native"';
      throw new ConfigurationError(`this runtime has no global Temporal: ${advice}`, { ...option, cause: error });
    }
  }
  const implementation: unknown = typeof mode === "object" && mode !== null ? mode.implementation : undefined;
  const classes = ["PlainDate", "PlainTime", "PlainDateTime", "ZonedDateTime", "Duration"];
  const has = (name: string) => typeof (implementation as Record<string, unknown>)[name] === "function";
  if (typeof implementation === "object" && implementation !== null && classes.every(has)) {
    return implementation as TemporalImplementation;
  }
  throw new ConfigurationError(`temporal has to be "native", "temporal" or { implementation: Temporal }`, option);
}
