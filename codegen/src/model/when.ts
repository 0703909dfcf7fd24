import type { Model, Version, When } from "./model.ts";

/** Whether something declared `on` these ranges exists in a version with these accepted patches; no range: always. */
export function isOn(on: readonly When[], version: number, patches: ReadonlySet<string>): boolean {
  if (on.length === 0) return true;
  return on.some(
    (when) =>
      (when.since === undefined || version >= when.since) &&
      (when.until === undefined || version <= when.until) &&
      (when.patch === undefined || patches.has(when.patch)) &&
      (when.unlessPatch === undefined || !patches.has(when.unlessPatch)),
  );
}

/** One dialect: a version and the patches that HELLO accepted. */
export interface Dialect {
  readonly version: Version;
  readonly patches: ReadonlySet<string>;
}

/** Every version with every set of the patches that the spec mentions. */
export function dialects(model: Model): Dialect[] {
  const patches = patchNames(model);
  const sets: Set<string>[] = [new Set()];
  for (const patch of patches) for (const set of [...sets]) sets.push(new Set([...set, patch]));
  return model.versions.flatMap((version) => sets.map((set) => ({ version, patches: set })));
}

/** `4.4` or `4.4 with utc`, for messages to people. */
export function dialectText({ version, patches }: Dialect): string {
  return patches.size === 0 ? version.text : `${version.text} with ${[...patches].join(", ")}`;
}

/** The patches that the spec mentions, in alphabetical order. */
export function patchNames(model: Model): string[] {
  const names = new Set<string>();
  const collect = (on: readonly When[]): void => {
    for (const { patch, unlessPatch } of on) {
      if (patch !== undefined) names.add(patch);
      if (unlessPatch !== undefined) names.add(unlessPatch);
    }
  };
  for (const { on, fields } of [...model.structures, ...model.messages]) {
    collect(on);
    for (const field of fields) collect(field.on);
  }
  for (const { keys } of model.maps) for (const key of keys) collect(key.on);
  for (const { on } of model.markers) collect(on);
  for (const { moves } of model.messages) for (const { on } of moves) collect(on);
  return [...names].sort();
}
