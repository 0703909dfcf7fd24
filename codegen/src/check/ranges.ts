import type { Model, When } from "../model/model.ts";
import type { Law } from "./law.ts";

/** A range of versions doesn't end before it begins, and holds a version. */
export const ranges: Law = (model) =>
  everyRange(model).flatMap(({ where, on }) =>
    on.flatMap((when) => {
      const { since, until } = when;
      if (since !== undefined && until !== undefined && until < since) {
        return [`${where}: until ${text(until)} is before since ${text(since)}; swap them`];
      }
      const some = model.versions.some(
        ({ number }) => (since === undefined || number >= since) && (until === undefined || number <= until),
      );
      if (!some) return [`${where}: no version lies in its range`];
      return Object.keys(when).length === 0 && on.length > 1
        ? [`${where}: an empty alternative in \`on\` means always`]
        : [];
    }),
  );

function everyRange(model: Model): { where: string; on: readonly When[] }[] {
  const declared = [...model.structures, ...model.messages];
  return [
    ...declared,
    ...declared.flatMap(({ fields }) => fields),
    ...model.maps.flatMap(({ keys }) => keys),
    ...model.markers,
    ...model.messages.flatMap(({ where, moves }) =>
      moves.map(({ on, to }) => ({ where: `${where} (move to ${to})`, on })),
    ),
  ];
}

function text(version: number): string {
  return `${version >> 8}.${version & 0xff}`;
}
