/**
 * A value in the form that `JSON.stringify` writes without loss of whole numbers and without throwing:
 * a bigint becomes a number when that is safe, else a decimal string; objects with a `toJSON` are asked.
 */
export function jsonValue(value: unknown): unknown {
  if (typeof value === "bigint") {
    const asNumber = Number(value);
    return Number.isSafeInteger(asNumber) ? asNumber : value.toString();
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(jsonValue);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, jsonValue);
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return (value as { toJSON(): unknown }).toJSON();
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    // defineProperty, because assigning to `__proto__` would set the prototype instead.
    if (key === "__proto__") {
      Object.defineProperty(out, key, { value: jsonValue(item), enumerable: true, configurable: true, writable: true });
    } else out[key] = jsonValue(item);
  }
  return out;
}
