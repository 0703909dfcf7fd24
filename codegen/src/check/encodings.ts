import type { Model, StructureModel } from "../model/model.ts";
import { type Dialect, dialects, dialectText, isOn } from "../model/when.ts";
import type { Law } from "./law.ts";

/**
 * Of one form of a value there is at most one encoding in every version and set of patches, and a value that a client may
 * send stays sendable, by some form, from the first version that can to the last. A patch may bring a value, not take one away.
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
    const able = all.filter(({ version, patches }) => structures.some(({ on }) => isOn(on, version.number, patches)));
    const last = Math.max(...able.map(({ version }) => version.number));
    const gap = all.find(
      (one) => one.version.number <= last && !able.includes(one) && able.some((other) => isBefore(other, one)),
    );
    if (gap === undefined) return [];
    return [
      `${structures[0]?.where}: ${value} has no sendable encoding in Bolt ${dialectText(gap)}, though it has before; extend a structure's \`on\``,
    ];
  });
}

/** Whether `one` leads to `other`: an older version, or fewer patches; never by giving up a patch. */
function isBefore(one: Dialect, other: Dialect): boolean {
  if (![...one.patches].every((patch) => other.patches.has(patch))) return false;
  return (
    one.version.number < other.version.number ||
    (one.version.number === other.version.number && one.patches.size < other.patches.size)
  );
}
