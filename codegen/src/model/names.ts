/** `start_node_id` -> `startNodeId`; `nodes-created` -> `nodesCreated`; a name that is camelCase stays. */
export function camelCase(name: string): string {
  return name.replace(/[_\-.]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `startNodeId` -> `start_node_id`. The codec's src/table-rows.ts derives the names of the wire by the same rule. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `RunSuccess` -> `RUN_SUCCESS`. */
export function upperSnakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toUpperCase();
}

/** The name of an enum's value without the prefix that protobuf's style asks for: `STATE_READY` of `State` -> `READY`. */
export function withoutPrefix(enumName: string, valueName: string): string {
  const prefix = `${upperSnakeCase(enumName)}_`;
  return valueName.startsWith(prefix) ? valueName.slice(prefix.length) : valueName;
}

/** `HAS_MORE` -> `hasMore`. */
export function lowerCamel(upperSnake: string): string {
  return camelCase(upperSnake.toLowerCase());
}

/** The JSON name that protobuf gives a field which declares none. */
export function protobufJsonName(fieldName: string): string {
  return fieldName.replace(/_+([a-z0-9A-Z]?)/g, (_, letter: string) => letter.toUpperCase());
}
