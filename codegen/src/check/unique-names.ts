import type { Key } from "../model/model.ts";
import type { Law } from "./law.ts";

/** Names that the generated files give to something else. */
const taken = new Set(
  "Request Response MapTypes SuccessTypes MapTable MessageTable StructureTable Make Sink Source ValueOf Fill UUID Uint8Array".split(
    " ",
  ),
);

/** Names are global in what is generated, even those of nested messages, and fields don't share one. */
export const uniqueNames: Law = (model) => {
  const seen = new Map<string, string>();
  const breaches: string[] = [];
  const add = (name: string, where: string): void => {
    const other = seen.get(name);
    if (other !== undefined) breaches.push(`${where}: ${other} has the name ${name} too; rename one`);
    if (taken.has(name)) breaches.push(`${where}: the generated code has another ${name}; rename it`);
    seen.set(name, where);
  };
  for (const { name, where } of [...model.structures, ...model.messages, ...model.maps]) add(name, where);
  for (const { name } of model.enums) add(name, `enum ${name}`);
  for (const { name, where } of model.markers) add(`marker ${name}`, where);
  return [
    ...breaches,
    ...[...model.structures, ...model.messages].flatMap(({ fields }) => sharedNames(fields)),
    ...model.messages.flatMap(({ fields }) => discriminators(fields)),
  ];
};

function sharedNames(fields: readonly Key[]): string[] {
  return fields.flatMap(({ name, where }, index) => {
    const other = fields.slice(0, index).find((field) => field.name === name);
    return other === undefined ? [] : [`${where}: is called ${name} in the API, as ${other.where} is; rename one`];
  });
}

function discriminators(fields: readonly Key[]): string[] {
  return fields
    .filter(({ name }) => name === "type")
    .map(
      ({ where }) => `${where}: \`type\` is the message's own name in the API; give the field another by \`source\``,
    );
}
