/** Rows as plain objects. */

/** Makes a row of the values of its fields, in the fields' order. */
export type RowOf = (values: readonly unknown[]) => Record<string, unknown>;

/** Beyond this many fields generated code isn't worth its compilation. */
const mostGenerated = 100;

/**
 * Rows of one hidden class, as the encoder's way of rows is fastest for. With generated code, where the runtime allows it; names may be any
 * but have to differ.
 */
export function rowOf(names: readonly string[]): RowOf {
  // In a literal, the key __proto__ would set the prototype.
  if (names.length > 0 && names.length <= mostGenerated && !names.includes("__proto__")) {
    const fields = names.map((name, i) => `${JSON.stringify(name)}:v[${i}]`);
    try {
      return new Function("v", `return {${fields.join(",")}}`) as RowOf;
    } catch {
      // Not allowed here.
    }
  }
  return (values) => Object.fromEntries(names.map((name, i) => [name, values[i]]));
}
