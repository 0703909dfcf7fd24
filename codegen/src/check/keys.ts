import type { Key, MapModel, Model } from "../model/model.ts";
import { type Dialect, dialects, dialectText, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/** In every version a map has one key per wire name (flattened maps included) and one per API name: twins by `source` take turns. */
export const keys: Law = (model) => {
  const breaches = new Map<string, string>();
  const maps = new Map(model.maps.map((map) => [map.name, map]));
  for (const dialect of dialects(model)) {
    for (const map of model.maps) {
      check(map, dialect, maps, breaches);
    }
  }
  return [...breaches.values(), ...flattenedScalars(model), ...doubleNames(model)];
};

function check(
  map: MapModel,
  dialect: Dialect,
  maps: ReadonlyMap<string, MapModel>,
  breaches: Map<string, string>,
): void {
  const active = activeKeys(map, dialect, maps, new Set());
  const report = (pair: string, breach: string): void => {
    if (!breaches.has(pair)) breaches.set(pair, breach);
  };
  const wire = new Map<string, Key>();
  const api = new Map<string, Key>();
  for (const key of active) {
    const sameWire = wire.get(key.key);
    if (sameWire !== undefined) {
      report(
        `${key.where} wire ${sameWire.where}`,
        `${key.where}: in Bolt ${dialectText(dialect)} ${map.name} has the wire key "${key.key}" twice, also by ${sameWire.where}`,
      );
    }
    wire.set(key.key, key);
    // Flattened keys have an API object of their own: only their wire names meet those around them.
    if (key.flatten || !map.keys.includes(key)) continue;
    const sameName = api.get(key.name);
    if (sameName !== undefined && sameWire === undefined) {
      report(
        `${key.where} api ${sameName.where}`,
        `${key.where}: its range overlaps with ${sameName.where}, which has the same source "${key.source ?? key.name}", in Bolt ${dialectText(dialect)}; end one where the other begins`,
      );
    }
    api.set(key.name, key);
  }
}

function activeKeys(
  map: MapModel,
  dialect: Dialect,
  maps: ReadonlyMap<string, MapModel>,
  inside: ReadonlySet<string>,
): Key[] {
  if (inside.has(map.name)) return [];
  return map.keys
    .filter(({ on }) => isOn(on, dialect.version.number, dialect.patches))
    .flatMap((key) => {
      const inner = key.flatten && key.type.kind === "table" ? maps.get(key.type.name) : undefined;
      if (inner === undefined) return [key];
      return activeKeys(inner, dialect, maps, new Set([...inside, map.name]));
    });
}

function flattenedScalars(model: Model): string[] {
  return model.maps
    .flatMap((map) => map.keys)
    .filter(({ flatten, type }) => flatten && type.kind !== "table" && type.kind !== "map")
    .map(({ where }) => `${where}: only a map can be flattened into the map around it`);
}

/** Two keys of one API name must be declared twins, and hold the same type. */
function doubleNames(model: Model): string[] {
  return [
    ...model.maps.map(({ keys }) => keys),
    ...[...model.structures, ...model.messages].map(({ fields }) => fields),
  ]
    .flatMap((list) =>
      list.map((key, index) => ({ key, twin: list.slice(0, index).find(({ name }) => name === key.name) })),
    )
    .flatMap(({ key, twin }) => {
      if (twin === undefined || JSON.stringify(twin.type) === JSON.stringify(key.type)) return [];
      return [`${key.where}: is called ${key.name} as ${twin.where} is, but holds another type`];
    });
}
