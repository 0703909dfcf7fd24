/** The symbol under which Node, Deno and Bun look for a value's own printed form. */
export const inspect = Symbol.for("nodejs.util.inspect.custom");

const maxItems = 12;
const maxDepth = 4;
const maxText = 120;
const plainKey = /^[A-Za-z_$][\w$]*$/;

/**
 * A value in one readable line, the way Cypher would write it: for `toString` and the inspector. Long texts and lists are cut
 * and say so, so that a printed node never fills the screen with an embedding.
 */
export function inspectLine(value: unknown, depth = 0): string {
  switch (typeof value) {
    case "string":
      return value.length > maxText ? `${JSON.stringify(value.slice(0, maxText))}...` : JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "[function]";
    case "object":
      return value === null ? "null" : inspectObject(value, depth);
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function inspectObject(value: object, depth: number): string {
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (inspect in value && typeof value[inspect] === "function") return String(value[inspect]());
  if (depth >= maxDepth) return Array.isArray(value) ? "[...]" : "{...}";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${inspectItems(value as unknown as ArrayLike<unknown>, depth)}]`;
  }
  return `{${inspectEntries(value, depth)}}`;
}

/** The items of a list, cut after the first dozen. */
export function inspectItems(items: ArrayLike<unknown>, depth = 0): string {
  const shown: string[] = [];
  for (let i = 0; i < items.length && i < maxItems; i++) shown.push(inspectLine(items[i], depth + 1));
  if (items.length > maxItems) shown.push(`... ${items.length - maxItems} more`);
  return shown.join(", ");
}

function inspectEntries(value: object, depth: number): string {
  const entries = Object.entries(value);
  const shown = entries
    .slice(0, maxItems)
    .map(([key, item]) => `${plainKey.test(key) ? key : JSON.stringify(key)}: ${inspectLine(item, depth + 1)}`);
  if (entries.length > maxItems) shown.push(`... ${entries.length - maxItems} more`);
  return shown.join(", ");
}
