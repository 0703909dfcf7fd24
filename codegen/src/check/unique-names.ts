import type { Law } from "./law.ts";

/** Names are global in what is generated, even those of nested messages. */
export const uniqueNames: Law = (model) => {
  const seen = new Map<string, string>();
  const breaches: string[] = [];
  const add = (name: string, where: string): void => {
    const other = seen.get(name);
    if (other !== undefined) breaches.push(`${where}: ${other} has the name ${name} too; rename one`);
    seen.set(name, where);
  };
  for (const { name, where } of [...model.structures, ...model.messages, ...model.maps]) add(name, where);
  for (const { name } of model.enums) add(name, `enum ${name}`);
  for (const { name, where } of model.markers) add(`marker ${name}`, where);
  return breaches;
};
