import type { Json, WireType } from "../model/model.ts";
import type { Law } from "./law.ts";

/** A default is JSON of the key's type, and what is always there has none. */
export const defaults: Law = (model) =>
  [
    ...model.maps.flatMap(({ keys }) => keys),
    ...[...model.structures, ...model.messages].flatMap(({ fields }) => fields),
  ].flatMap(({ where, defaultValue, badDefault, missing, type, nullable }) => {
    if (badDefault !== undefined)
      return [`${where}: default_json ${badDefault} is not JSON (a text needs quotes: "\\"w\\"")`];
    if (defaultValue === undefined) return [];
    if (missing !== undefined) return [`${where}: has both a default and a derivation; keep one`];
    if (defaultValue.json === null && nullable) return [];
    return fits(defaultValue.json, type)
      ? []
      : [`${where}: default ${JSON.stringify(defaultValue.json)} is no ${type.kind}`];
  });

function fits(json: Json, type: WireType): boolean {
  switch (type.kind) {
    case "integer":
      return typeof json === "number" && Number.isSafeInteger(json);
    case "float":
      return typeof json === "number";
    case "boolean":
    case "string":
      return typeof json === type.kind;
    case "list":
      return Array.isArray(json) && json.every((item) => fits(item, type.of));
    case "map":
    case "table":
      return typeof json === "object" && json !== null && !Array.isArray(json);
    case "any":
      return true;
    default:
      return false;
  }
}
