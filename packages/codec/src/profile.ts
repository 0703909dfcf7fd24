import { ConfigurationError, type TemporalImplementation } from "@fulgur/neo4j-types";
import { markers } from "./gen/markers.ts";
import { mapTables, messages } from "./gen/messages.ts";
import { structures } from "./gen/structures.ts";
import { type BoltVersion, boltVersions, versionNumber } from "./gen/versions.ts";
import { markerClassOf, markerPayloadOf } from "./marker-class.ts";
import { canGenerateCode } from "./plain/object-factory.ts";
import {
  isOn,
  type KeyTable,
  type Make,
  type MapTable,
  type MarkerTable,
  type MessageTable,
  type StructureTable,
  type VersionNumber,
} from "./tables.ts";
import { entities, type MakeOpaque, makerOf, opaqueMakerOf, type Take, takerOf } from "./values.ts";

/** How INTEGERs come out; see {@link CodecOptions.integers}. */
export type IntegerMode = "auto" | "bigint" | "number";

/** How LISTs of nothing but FLOATs come out; see {@link CodecOptions.floatLists}. */
export type FloatListMode = "array" | "typed";

/** What a profile is resolved from. */
export interface ProfileOptions {
  readonly version: BoltVersion;
  /** The patches that both sides agreed on in HELLO, such as `"utc"`. Default: none. */
  readonly patches?: readonly string[];
  /** Default `"auto"`. */
  readonly integers?: IntegerMode;
  /** What makes temporal values TC39 Temporal's objects. Default: they are of this house's own classes. */
  readonly temporal?: TemporalImplementation | undefined;
  /** How deep lists, maps and structures may nest. Default 500. */
  readonly maxDepth?: number;
  /** Default `"array"`. */
  readonly floatLists?: FloatListMode;
  /** Default false. */
  readonly detachStrings?: boolean;
  /** Whether code is generated. Default: where the runtime allows it. */
  readonly codeGeneration?: boolean;
}

/** A structure as one version has it. */
export interface ActiveStructure {
  readonly table: StructureTable;
  /** How many fields it has in this version; the wire must say the same. */
  readonly size: number;
  /** Makes the value of all the fields that the newest version has. */
  readonly make: Make;
  /** The reverse: the fields of a value, in wire order. */
  readonly take: Take;
  /** Whether it is a node or relationship: a property that is null is left out. */
  readonly isEntity: boolean;
}

/** A marker whose bytes are a value of a type of its own, such as a UUID. */
export interface ActiveOpaque {
  readonly table: MarkerTable;
  readonly make: MakeOpaque;
}

/** A map with declared keys as one version has it. Keys with `flatten` are also found under their inner wire keys. */
export interface ActiveMap {
  readonly table: MapTable;
  /** By API name, the keys that exist in this version. */
  readonly byName: ReadonlyMap<string, KeyTable>;
  /** By wire key, the keys that exist in this version, without flattened ones. */
  readonly byKey: ReadonlyMap<string, KeyTable>;
  readonly keys: readonly KeyTable[];
  /** By API name, keys of other versions: asked for, they are refused or left out. */
  readonly unavailable: ReadonlyMap<string, KeyTable>;
  /** The keys with `flatten`, those that a peer has to send, and of all versions those with a default and those with a derivation. */
  readonly flattened: readonly KeyTable[];
  readonly required: readonly KeyTable[];
  readonly defaulted: readonly KeyTable[];
  readonly derived: readonly KeyTable[];
}

/** A message as one version has it. */
export interface ActiveMessage {
  readonly table: MessageTable;
  readonly fields: readonly KeyTable[];
}

/** Everything about one version, its patches and the options, resolved once; the engines share it. */
export interface Profile {
  readonly version: BoltVersion;
  readonly versionNumber: VersionNumber;
  readonly patches: ReadonlySet<string>;
  readonly integers: IntegerMode;
  readonly maxDepth: number;
  readonly floatLists: FloatListMode;
  readonly codeGeneration: boolean;
  readonly detachStrings: boolean;
  /** By marker byte, its class (see marker-class.ts). */
  readonly markerClass: Uint8Array;
  /** By marker byte, its size or number of bytes, as the class says. */
  readonly markerPayload: Uint8Array;
  /** By marker byte, the values with markers of their own. */
  readonly opaqueByMarker: readonly (ActiveOpaque | undefined)[];
  /** By the type's name in lower case, the same. */
  readonly opaqueByType: ReadonlyMap<string, ActiveOpaque>;
  /** By tag, the structures that may arrive. */
  readonly structureByTag: readonly (ActiveStructure | undefined)[];
  /** By the name of the value, the structure that carries it. */
  readonly structureByValue: ReadonlyMap<string, ActiveStructure>;
  /** By the name of the value, or the type's name in lower case, why it can't be sent: the versions that carry it. */
  readonly unavailable: ReadonlyMap<string, string>;
  readonly requestByName: ReadonlyMap<string, ActiveMessage>;
  readonly requestBySignature: readonly (ActiveMessage | undefined)[];
  readonly responseByName: ReadonlyMap<string, ActiveMessage>;
  readonly responseBySignature: readonly (ActiveMessage | undefined)[];
  /** By name, why a message of another version can't be sent. */
  readonly unavailableMessages: ReadonlyMap<string, string>;
  /** By name, the maps with declared keys. */
  readonly maps: ReadonlyMap<string, ActiveMap>;
}

/** The generated tables. Given in place of the checked-in ones only by tests. */
export interface Tables {
  readonly markers: readonly MarkerTable[];
  readonly structures: readonly StructureTable[];
  readonly messages: readonly MessageTable[];
  readonly mapTables: Readonly<Record<string, MapTable>>;
}

/** Reading and writing recurse: deeper, and the stack may not hold. */
const deepest = 2000;

const generated: Tables = { markers, structures, messages, mapTables };

/**
 * Resolves the tables for a version, its patches and the options.
 *
 * @throws ConfigurationError for a version, integer mode, float list mode or depth that doesn't exist, and for code generation where it is forbidden.
 */
export function createProfile(options: ProfileOptions, tables: Tables = generated): Profile {
  const { version, integers = "auto", maxDepth = 500, floatLists = "array" } = options;
  check(version, integers, maxDepth);
  checkWays(floatLists, options.codeGeneration);
  const number = versionNumber[version];
  const patches: ReadonlySet<string> = new Set(options.patches ?? []);
  const active = <T extends { readonly on: KeyTable["on"] }>(things: readonly T[]): T[] =>
    things.filter((thing) => isOn(thing.on, number, patches));

  return {
    version,
    versionNumber: number,
    patches,
    integers,
    maxDepth,
    floatLists,
    codeGeneration: options.codeGeneration ?? canGenerateCode(),
    detachStrings: options.detachStrings ?? false,
    ...resolveMarkers(active(tables.markers)),
    ...resolveStructures(active(tables.structures), active, integers, options.temporal),
    ...resolveMessages(active(tables.messages), active),
    unavailable: unavailableValues(tables, number, patches),
    unavailableMessages: new Map(
      tables.messages
        .filter(({ on }) => !isOn(on, number, patches))
        .map(({ name, on }) => [name, availability(on, number)]),
    ),
    maps: new Map(Object.values(tables.mapTables).map((table) => [table.name, resolveMap(table, active(table.keys))])),
  };
}

function check(version: BoltVersion, integers: IntegerMode, maxDepth: number): void {
  if (!boltVersions.includes(version)) {
    const isText = typeof version === "string";
    const given = isText ? `Bolt ${version} is not known` : `version has to be a text, not ${typeof version}`;
    throw new ConfigurationError(`${given}; known are ${boltVersions.join(", ")}`, { option: "version" });
  }
  if (integers !== "auto" && integers !== "bigint" && integers !== "number") {
    throw new ConfigurationError(`integers has to be "auto", "bigint" or "number"`, { option: "integers" });
  }
  if (!Number.isInteger(maxDepth) || maxDepth < 1 || maxDepth > deepest) {
    throw new ConfigurationError(`maxDepth has to be a whole number from 1 to ${deepest}`, { option: "maxDepth" });
  }
}

function checkWays(floatLists: FloatListMode, codeGeneration: boolean | undefined): void {
  if (floatLists !== "array" && floatLists !== "typed") {
    throw new ConfigurationError(`floatLists has to be "array" or "typed"`, { option: "floatLists" });
  }
  if (codeGeneration === undefined || codeGeneration === false) return;
  const option = { option: "codeGeneration" };
  if (codeGeneration !== true) throw new ConfigurationError("codeGeneration has to be true or false", option);
  if (!canGenerateCode()) {
    throw new ConfigurationError("code can't be generated here: leave codeGeneration out, or set it to false", option);
  }
}

function resolveMarkers(markers: readonly MarkerTable[]) {
  const markerClass = new Uint8Array(256);
  const markerPayload = new Uint8Array(256);
  const opaqueByMarker: (ActiveOpaque | undefined)[] = new Array(256).fill(undefined);
  const opaqueByType = new Map<string, ActiveOpaque>();
  const builtIn = new Set([
    "null",
    "boolean",
    "integer",
    "float",
    "string",
    "bytes",
    "list",
    "map",
    "structure",
    "reserved",
  ]);
  for (const table of markers) {
    const opaque = builtIn.has(table.type) ? undefined : { table, make: opaqueMakerOf(table.type) };
    if (opaque !== undefined && !table.decodeOnly) opaqueByType.set(table.type.toLowerCase(), opaque);
    for (let byte = table.first; byte <= table.last; byte++) {
      markerClass[byte] = markerClassOf(table);
      markerPayload[byte] = markerPayloadOf(table, byte);
      opaqueByMarker[byte] = opaque;
    }
  }
  return { markerClass, markerPayload, opaqueByMarker, opaqueByType };
}

type ActiveOf = <T extends { readonly on: KeyTable["on"] }>(things: readonly T[]) => T[];

function resolveStructures(
  tables: readonly StructureTable[],
  active: ActiveOf,
  integers: IntegerMode,
  temporal: TemporalImplementation | undefined,
) {
  const structureByTag: (ActiveStructure | undefined)[] = new Array(256).fill(undefined);
  const structureByValue = new Map<string, ActiveStructure>();
  for (const table of tables) {
    const structure: ActiveStructure = {
      table,
      size: active(table.fields).length,
      make: makerOf(table, integers, temporal),
      take: takerOf(table),
      isEntity: entities.has(table.value),
    };
    structureByTag[table.tag] = structure;
    structureByValue.set(table.value, structure);
  }
  return { structureByTag, structureByValue };
}

function unavailableValues(
  tables: Tables,
  version: VersionNumber,
  patches: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const values = [
    ...tables.structures.map(({ value, on }) => ({ name: value, on })),
    ...tables.markers.map(({ type, on }) => ({ name: type.toLowerCase(), on })),
  ];
  for (const { name, on } of values) if (!isOn(on, version, patches)) reasons.set(name, availability(on, version));
  for (const { name, on } of values) if (isOn(on, version, patches)) reasons.delete(name);
  return reasons;
}

/** In which versions a thing exists that this version lacks, for people: "needs Bolt 6.0", "ended with Bolt 6.1". */
export function availability(on: KeyTable["on"], version: VersionNumber): string {
  const since = on.map((when) => when.since ?? 0).filter((first) => first > version);
  if (since.length > 0) return `needs Bolt ${versionText(Math.min(...since))}`;
  const until = on.map((when) => when.until ?? 0).filter((last) => last > 0 && last < version);
  return until.length > 0
    ? `ended with Bolt ${versionText(Math.max(...until))}`
    : "needs other patches of the protocol";
}

function versionText(version: VersionNumber): string {
  return `${version >> 8}.${version & 0xff}`;
}

function resolveMessages(tables: readonly MessageTable[], active: ActiveOf) {
  const requestByName = new Map<string, ActiveMessage>();
  const responseByName = new Map<string, ActiveMessage>();
  const requestBySignature: (ActiveMessage | undefined)[] = new Array(256).fill(undefined);
  const responseBySignature: (ActiveMessage | undefined)[] = new Array(256).fill(undefined);
  for (const table of tables) {
    const message = { table, fields: active(table.fields) };
    const isRequest = table.direction === "request";
    (isRequest ? requestByName : responseByName).set(table.name, message);
    (isRequest ? requestBySignature : responseBySignature)[table.signature] = message;
  }
  return { requestByName, requestBySignature, responseByName, responseBySignature };
}

function resolveMap(table: MapTable, keys: readonly KeyTable[]): ActiveMap {
  const byName = new Map(keys.map((key) => [key.name, key]));
  const elsewhere = table.keys.filter((key) => !byName.has(key.name));
  const unavailable = new Map(elsewhere.map((key) => [key.name, { ...key, on: everywhere(table, key.name) }]));
  const all = [...keys, ...unavailable.values()];
  return {
    table,
    byName,
    byKey: new Map(keys.filter((key) => !key.flatten).map((key) => [key.key, key])),
    keys,
    unavailable,
    flattened: keys.filter((key) => key.flatten),
    required: keys.filter((key) => key.required && !key.flatten),
    defaulted: all.filter((key) => key.defaultValue !== undefined),
    derived: all.filter((key) => key.missing !== undefined),
  };
}

/** All versions that have a key, under whichever wire name. */
function everywhere(table: MapTable, name: string): KeyTable["on"] {
  return table.keys.filter((key) => key.name === name).flatMap((key) => key.on);
}
