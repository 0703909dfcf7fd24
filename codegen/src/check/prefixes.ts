import type { Key, Model, When } from "../model/model.ts";
import { dialects, dialectText, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/** Fields of structures and messages are positions: numbered 1, 2, 3 … and in every version the first few of them. */
export const prefixes: Law = (model) =>
  [...model.structures, ...model.messages].flatMap(({ where, fields, on }) => [
    ...misnumbered(where, fields),
    ...(fields.length > 15 ? [`${where}: has ${fields.length} fields, PackStream allows 15`] : []),
    ...holes(model, fields, on),
  ]);

function misnumbered(where: string, fields: readonly Key[]): string[] {
  const wrong = fields.find(({ position }, index) => position !== index + 1);
  if (wrong === undefined) return [];
  return [`${wrong.where}: is number ${wrong.position}, but positions of ${where} count 1, 2, 3 … without a gap`];
}

function holes(model: Model, fields: readonly Key[], on: readonly When[]): string[] {
  for (const dialect of dialects(model)) {
    const exists = (ranges: readonly When[]): boolean => isOn(ranges, dialect.version.number, dialect.patches);
    if (!exists(on)) continue;
    const firstMissing = fields.findIndex((field) => !exists(field.on));
    const behind = firstMissing === -1 ? undefined : fields.slice(firstMissing).find((field) => exists(field.on));
    if (behind === undefined) continue;
    return [
      `${behind.where}: exists in Bolt ${dialectText(dialect)}, but a field before it doesn't; positions can only be added or retired at the end, else declare another structure`,
    ];
  }
  return [];
}
