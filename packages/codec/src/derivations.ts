import type { Derivation } from "./tables.ts";

/** The fields or keys that are there, by API name. */
export type Present = Readonly<Record<string, unknown>>;

/**
 * The values that the spec can't spell out, by name; each is a pure function of what is present.
 *
 * `name` is the API name of what is wanted. `diagnosticRecord` also completes a value that is present.
 */
export const derivations: Readonly<Record<Derivation, (present: Present, name: string) => unknown>> = {
  idAsText(present, name) {
    const of = name.startsWith("start") ? "startNodeId" : name.startsWith("end") ? "endNodeId" : "id";
    const id = present[of];
    // Such a version has no other name for it.
    if (id === null) throw new RangeError(`the field ${of} is null, and this version has no element ids`);
    return String(id);
  },
  generalProcessingException(present) {
    return `error: general processing exception - unexpected error. ${String(present["message"] ?? "")}`;
  },
  containsUpdates(present) {
    return Object.entries(present).some(([name, value]) => name !== "systemUpdates" && isCounted(value));
  },
  containsSystemUpdates(present) {
    return isCounted(present["systemUpdates"]);
  },
  diagnosticRecord(present, name) {
    const given = present[name];
    const defaults = { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" };
    return typeof given === "object" && given !== null ? { ...defaults, ...given } : defaults;
  },
};

function isCounted(value: unknown): boolean {
  return (typeof value === "number" || typeof value === "bigint") && value > 0;
}
