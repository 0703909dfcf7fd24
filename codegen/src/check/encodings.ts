import type { Model, StructureModel } from "../model/model.ts";
import { dialects, dialectText, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/**
 * Of one form of a value there is at most one encoding in every version and set of patches, and a value that a client may
 * send stays sendable, by some form, from the first version that can to the last.
 */
export const encodings: Law = (model) => [...doubled(model), ...gaps(model)];

function doubled(model: Model): string[] {
  const breaches = new Map<string, string>();
  for (const dialect of dialects(model)) {
    const byForm = new Map<string, StructureModel>();
    for (const structure of model.structures) {
      if (!isOn(structure.on, dialect.version.number, dialect.patches)) continue;
      const form = `${structure.value}/${structure.form}`;
      const other = byForm.get(form);
      if (other !== undefined && !breaches.has(`${form} ${structure.name} ${other.name}`)) {
        breaches.set(
          `${form} ${structure.name} ${other.name}`,
          `${structure.where}: Bolt ${dialectText(dialect)} has two encodings of ${structure.value}${structure.form === "" ? "" : ` (form "${structure.form}")`}, this and ${other.name}; limit one by \`on\` or name another form`,
        );
      }
      byForm.set(form, structure);
    }
  }
  return [...breaches.values()];
}

function gaps(model: Model): string[] {
  const values = new Map<string, StructureModel[]>();
  for (const structure of model.structures.filter(({ sendable }) => sendable)) {
    values.set(structure.value, [...(values.get(structure.value) ?? []), structure]);
  }
  const all = dialects(model);
  return [...values].flatMap(([value, structures]) => {
    const can = all.map(({ version, patches }) => structures.some(({ on }) => isOn(on, version.number, patches)));
    const versions = all.filter((_, index) => can[index]).map(({ version }) => version.number);
    const [first, last] = [Math.min(...versions), Math.max(...versions)];
    const gap = all.find(({ version }, index) => !can[index] && version.number >= first && version.number <= last);
    if (gap === undefined) return [];
    return [
      `${structures[0]?.where}: ${value} has no sendable encoding in Bolt ${dialectText(gap)}, though it has before and after; extend a structure's \`on\``,
    ];
  });
}
