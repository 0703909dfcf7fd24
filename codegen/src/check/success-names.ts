import type { Law } from "./law.ts";

/** What a request names as its SUCCESS is a map of the spec. */
export const successNames: Law = (model) => {
  const maps = new Set(model.maps.map(({ name }) => name));
  return model.messages.flatMap(({ where, success, direction }) => {
    if (success === undefined) return [];
    if (direction === "response") return [`${where}: is a response, so no SUCCESS answers it; remove \`success\``];
    return maps.has(success)
      ? []
      : [`${where}: success "${success}" is no map of this spec; declare message ${success}`];
  });
};
