import type { Model, WireType } from "../model/model.ts";
import type { Law } from "./law.ts";

/** A field's type is a structure or a map of keys; a Bolt message, the handshake or the error table is neither. */
export const references: Law = (model) =>
  [
    ...model.maps.flatMap(({ keys }) => keys),
    ...[...model.structures, ...model.messages].flatMap(({ fields }) => fields),
  ].flatMap(({ where, type }) => {
    const missing = missingName(type, model);
    return missing === undefined ? [] : [`${where}: its type ${missing} is neither a structure nor a map of keys`];
  });

function missingName(type: WireType, model: Model): string | undefined {
  switch (type.kind) {
    case "list":
    case "map":
      return missingName(type.of, model);
    case "structure":
      return model.structures.some(({ name }) => name === type.name) ? undefined : type.name;
    case "table":
      return model.maps.some(({ name }) => name === type.name) ? undefined : type.name;
    default:
      return undefined;
  }
}
