import { kindOf } from "@fulgur/neo4j-types";
import { flatStructures } from "../gen/assembly.ts";
import type { ActiveStructure, Profile } from "../profile.ts";
import { structureNameOf } from "../values.ts";

/** A structure whose fields are all integers, floats or strings: the WebAssembly module writes it by itself. */
export interface FlatStructure {
  readonly active: ActiveStructure;
  /** The module's number for it. */
  readonly number: number;
  /** What its fields are, in order. */
  readonly kinds: readonly ("integer" | "float" | "string")[];
}

/** What the first value is that isn't null, if a version can send it and the module can write it. */
export function flatStructureOf(values: readonly unknown[], profile: Profile): FlatStructure | undefined {
  const value = values.find((one) => one !== null && one !== undefined);
  const active = activeOf(value, profile);
  if (active === undefined || active.size === 0 || !active.table.sendable) return undefined;
  const { name, fields } = active.table;
  if (!Object.hasOwn(flatStructures, name)) return undefined;
  const kinds = fields.slice(0, active.size).map(({ type }) => type.kind as FlatStructure["kinds"][number]);
  return { active, number: flatStructures[name] as number, kinds };
}

function activeOf(value: unknown, profile: Profile): ActiveStructure | undefined {
  const found = kindOf(value);
  return found === undefined ? undefined : profile.structureByValue.get(structureNameOf(found, value as object));
}

/** The fields of a value; `undefined` if it is another structure, or has a field that only the plain writer may judge. */
export function fieldsOf(value: unknown, { active, kinds }: FlatStructure, profile: Profile): unknown[] | undefined {
  if (activeOf(value, profile) !== active) return undefined;
  const fields = active.take(value as never) as unknown[];
  for (let i = 0; i < kinds.length; i++) {
    const field = fields[i];
    const fits =
      kinds[i] === "integer"
        ? Number.isSafeInteger(field)
        : typeof field === (kinds[i] === "float" ? "number" : "string");
    if (!fits) return undefined;
  }
  return fields;
}
