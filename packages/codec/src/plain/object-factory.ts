/**
 * Makes plain objects of a fixed list of keys. With generated code, where the runtime allows it, an object costs one
 * allocation of a known shape; else its keys are set one after the other. It takes as many values as there are keys,
 * from `values[start]` on.
 */
export type ObjectFactory = (values: readonly unknown[], start: number) => Record<string, unknown>;

/** Beyond this many keys generated code isn't worth its compilation. */
const maxGeneratedKeys = 64;

let allowed: boolean | undefined;

/** Whether the runtime lets code be generated: strict content security policies and some edge runtimes don't. */
export function canGenerateCode(): boolean {
  if (allowed === undefined) {
    try {
      allowed = new Function("return true")() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

/**
 * The factory for a list of keys; the last of equal keys wins, and `__proto__` is an own property like any other.
 *
 * @param generate whether to generate code; default: if the runtime allows it.
 */
export function objectFactory(keys: readonly string[], generate: boolean = canGenerateCode()): ObjectFactory {
  // In a literal, the key __proto__ would set the prototype.
  if (keys.includes("__proto__")) return (values, start) => defineAll(keys, values, start);
  if (generate && keys.length > 0 && keys.length <= maxGeneratedKeys) return generated(keys);
  return (values, start) => setAll(keys, values, start);
}

/** One object of these keys and of as many values from `values[start]` on; as {@link objectFactory}, for a list met once. */
export function objectOf(keys: readonly string[], values: readonly unknown[], start: number): Record<string, unknown> {
  return keys.includes("__proto__") ? defineAll(keys, values, start) : setAll(keys, values, start);
}

function generated(keys: readonly string[]): ObjectFactory {
  const entries = keys.map((key, i) => `${JSON.stringify(key)}:v[s+${i}]`);
  return new Function("v", "s", `return {${entries.join(",")}}`) as ObjectFactory;
}

function setAll(keys: readonly string[], values: readonly unknown[], start: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let i = 0; i < keys.length; i++) object[keys[i] as string] = values[start + i];
  return object;
}

function defineAll(keys: readonly string[], values: readonly unknown[], start: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  keys.forEach((key, i) => {
    Object.defineProperty(object, key, {
      value: values[start + i],
      writable: true,
      enumerable: true,
      configurable: true,
    });
  });
  return object;
}
