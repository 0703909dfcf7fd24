import { objectOf } from "../plain/object-factory.ts";
import { type KeyStore, keyStoresFor, sharedStore } from "./key-stores.ts";

/** Makes so many objects of fixed keys, all different, of a column of values for each key. */
export type MakeObjects = (columns: readonly (readonly unknown[])[], count: number) => Record<string, unknown>[];

/** From so many objects on, keys get stores of their own, of which there aren't many. */
const manyObjects = 1000;

export function objectsOfColumns(keys: readonly string[]): MakeObjects {
  if (keys.includes("__proto__")) return (columns, count) => oneByOne(keys, columns, count);
  const names = keys.map(known);
  let stores: readonly KeyStore[] | undefined;
  let made = 0;
  return (columns, count) => {
    made += count;
    if (made >= manyObjects) stores ??= keyStoresFor(keys);
    const objects = new Array<Record<string, unknown>>(count);
    for (let i = 0; i < count; i++) objects[i] = {};
    for (let k = 0; k < names.length; k++) {
      const store = stores === undefined ? sharedStore : (stores[k] as KeyStore);
      store(objects, names[k]!, columns[k]!);
    }
    return objects;
  };
}

/** The same text as V8 has it for the names of properties: with another one, each store begins with a search for it. */
function known(key: string): string {
  return Object.keys({ [key]: 0 })[0] as string;
}

function oneByOne(keys: readonly string[], columns: readonly (readonly unknown[])[], count: number) {
  return Array.from({ length: count }, (_, i) => {
    const values = columns.map((column) => column[i]);
    return objectOf(keys, values, 0);
  });
}
