/**
 * Where two decoded values differ, or `undefined`. Stricter than deep equality: the order of keys, own `__proto__`,
 * -0 and NaN count, and prototypes have to be the same object.
 */
export function difference(a: unknown, b: unknown, path = ""): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return `${path}: ${shown(a)} and ${shown(b)}`;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${path}: prototypes`;
  if (Array.isArray(a)) return differentItems(a, b as unknown[], path);
  if (ArrayBuffer.isView(a)) return differentItems(a as Uint8Array, b as Uint8Array, path);
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return `${path}: keys ${JSON.stringify(keys)} and ${JSON.stringify(others)}`;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    if (key !== others[i]) return `${path}: keys ${JSON.stringify(keys)} and ${JSON.stringify(others)}`;
    const found = difference(own(a, key), own(b, key), `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Not `object[key]`, which asks the prototype for `__proto__`. */
function own(object: object, key: string): unknown {
  return key === "__proto__"
    ? Object.getOwnPropertyDescriptor(object, key)?.value
    : (object as Record<string, unknown>)[key];
}

function differentItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>, path: string): string | undefined {
  if (a.length !== b.length) return `${path}: ${a.length} items and ${b.length}`;
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (x !== y || x === 0 || typeof x === "object") {
      const found = difference(x, y, `${path}[${i}]`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function shown(value: unknown): string {
  const text =
    typeof value === "bigint"
      ? `${value}n`
      : Object.is(value, -0)
        ? "-0"
        : typeof value === "object" && value !== null
          ? Object.prototype.toString.call(value)
          : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
