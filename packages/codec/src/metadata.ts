import { ConfigurationError, Float, PackStreamError, ParameterError } from "@fulgur/neo4j-types";
import { derivations } from "./derivations.ts";
import { type ActiveMap, availability, type Profile } from "./profile.ts";
import type { KeyTable, WireType } from "./tables.ts";

type RawMap = Readonly<Record<string, unknown>>;

/**
 * Turns a map of the wire into its API form: the keys of this version under their API names, what is absent by its
 * default or derivation, also where only other versions have the key. Keys that aren't declared are left out.
 *
 * @param table the map's name, such as `RunSuccess`.
 * @throws PackStreamError when a key that is always there is missing.
 */
export function readMap(table: string, raw: RawMap, profile: Profile): Record<string, unknown> {
  const active = mapNamed(table, profile);
  const found = readPresent(active, raw, profile);
  for (const { name, key } of active.required) {
    if (found[name] === undefined) throw new PackStreamError(`${table} lacks the key ${JSON.stringify(key)}`, 0);
  }
  for (const { name, defaultValue } of active.defaulted) {
    if (found[name] === undefined) found[name] = defaultValue;
  }
  for (const { name, missing } of active.derived) {
    if (missing === undefined) continue;
    if (found[name] === undefined || missing === "diagnosticRecord") found[name] = derivations[missing](found, name);
  }
  return found;
}

/** The keys that are present, in the order of the wire, without defaults: what a peer really said. */
export function readPresentKeys(table: string, raw: RawMap, profile: Profile): Record<string, unknown> {
  return readPresent(mapNamed(table, profile), raw, profile, readPresentKeys);
}

function readPresent(active: ActiveMap, raw: RawMap, profile: Profile, read = readMap): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const wireKey of Object.keys(raw)) {
    const key = active.byKey.get(wireKey);
    if (key !== undefined) {
      const value = fromWire(key, key.type, raw[wireKey], profile, read);
      if (value !== undefined) found[key.name] = value;
      continue;
    }
    for (const outer of active.flattened) {
      const inner = outer.type.kind === "table" ? profile.maps.get(outer.type.name)?.byKey.get(wireKey) : undefined;
      if (inner === undefined) continue;
      const group = (found[outer.name] ??= {}) as Record<string, unknown>;
      group[inner.name] = fromWire(inner, inner.type, raw[wireKey], profile, read);
    }
  }
  return found;
}

/** A message's field in API form; declared maps in it with what is present, as {@link readPresentKeys} gives it. */
export function fieldFromWire(field: KeyTable, value: unknown, profile: Profile): unknown {
  return holdsDeclared(field.type) ? fromWire(field, field.type, value, profile, readPresentKeys) : value;
}

/** A value in API form; `undefined`, as if absent, for null without a meaning and for a value of the wrong type. */
function fromWire(key: KeyTable, type: WireType, value: unknown, profile: Profile, read: typeof readMap): unknown {
  if (value === null) return key.nullable ? null : undefined;
  switch (type.kind) {
    case "integer":
      return typeof value === "number" || typeof value === "bigint" ? value : undefined;
    case "float":
      return typeof value === "number" ? value : undefined;
    case "boolean":
    case "string":
      return typeof value === type.kind ? value : undefined;
    case "list":
      return Array.isArray(value)
        ? value.map((item) => fromWire(key, type.of, item, profile, read)).filter((item) => item !== undefined)
        : undefined;
    case "table":
      return isMap(value) ? read(type.name, value, profile) : undefined;
    case "map":
      if (!isMap(value)) return undefined;
      return holdsDeclared(type.of) ? mapItems(value, (item) => fromWire(key, type.of, item, profile, read)) : value;
    default:
      return value;
  }
}

/**
 * The reverse of {@link readMap}: a map of the wire, with the keys of this version only, in the order of the given ones.
 *
 * @throws ConfigurationError for a key that this version lacks, where leaving it out would change what the user gets.
 * @throws ParameterError for a key that no version has, or one that must be there and isn't.
 */
export function writeMap(table: string, value: RawMap, profile: Profile): Record<string, unknown> {
  const active = mapNamed(table, profile);
  const raw: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const item = value[name];
    if (item === undefined) continue;
    const key = active.byName.get(name);
    if (key === undefined) {
      refuseUnlessHarmless(table, active, name, item, profile);
    } else if (key.flatten && key.type.kind === "table") {
      Object.assign(raw, writeMap(key.type.name, item as RawMap, profile));
    } else if (item !== null || key.nullable) {
      raw[key.key] = toWire(key.type, item, profile);
    }
  }
  for (const key of active.keys) {
    if (key.required && value[key.name] === undefined) {
      throw new ParameterError(`${table} needs ${key.name}`, { path: key.name, type: "undefined" });
    }
  }
  return raw;
}

function refuseUnlessHarmless(table: string, active: ActiveMap, name: string, item: unknown, profile: Profile): void {
  const elsewhere = active.unavailable.get(name);
  if (elsewhere === undefined) {
    throw new ParameterError(`${table} has no ${name} in any version`, { path: name, type: typeof item });
  }
  if (elsewhere.refuseWhenUnavailable && item !== null) {
    throw new ConfigurationError(
      `${name} ${availability(elsewhere.on, profile.versionNumber)}, this connection speaks ${profile.version}`,
      { option: name },
    );
  }
}

/** A value of the API as the wire has it: declared maps by their wire keys, floats as floats. */
export function toWire(type: WireType, value: unknown, profile: Profile): unknown {
  if (value === null) return null;
  if (type.kind === "table") return writeMap(type.name, value as RawMap, profile);
  if (type.kind === "float") return typeof value === "number" ? new Float(value) : value;
  if (type.kind === "list" && Array.isArray(value)) return value.map((item) => toWire(type.of, item, profile));
  if (type.kind === "map" && holdsDeclared(type.of) && isMap(value)) {
    return mapItems(value, (item) => toWire(type.of, item, profile));
  }
  return value;
}

/** Whether items of this type differ between the wire and the API. */
function holdsDeclared(type: WireType): boolean {
  if (type.kind === "list" || type.kind === "map") return holdsDeclared(type.of);
  return type.kind === "table" || type.kind === "float";
}

/** The map with each item changed; `__proto__` stays a key like any other. */
function mapItems(map: RawMap, change: (item: unknown) => unknown): RawMap {
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, change(item)]));
}

function mapNamed(table: string, profile: Profile): ActiveMap {
  const active = profile.maps.get(table);
  if (active === undefined) throw new ConfigurationError(`there is no map ${table} in the protocol`);
  return active;
}

function isMap(value: unknown): value is RawMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
