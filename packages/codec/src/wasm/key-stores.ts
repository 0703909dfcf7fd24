/** Gives each of some objects a value of a key. */
export type KeyStore = (objects: Record<string, unknown>[], key: string, values: readonly unknown[]) => void;

/**
 * So many stores, all the same. V8 notes at each place in the source which key was stored there, and in objects of which hidden
 * class; where these never change, a store costs 2 ns instead of 10. Generated code has places of its own for its keys,
 * other code has these.
 */
// biome-ignore format: a line each
const stores: readonly KeyStore[] = [
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
  (os, key, vs) => { for (let i = 0; i < os.length; i++) os[i]![key] = vs[i]; },
];

/** For keys that have none of their own. */
export const sharedStore: KeyStore = (objects, key, values) => {
  for (let i = 0; i < objects.length; i++) objects[i]![key] = values[i];
};

/** Wider objects would take too many. */
const maxKeys = 32;

/** The stores that were taken, by the keys up to theirs: objects that begin alike share them, as they do hidden classes. */
const taken = new Map<string, KeyStore>();

/** A store for each key of objects of these keys. */
export function keyStoresFor(keys: readonly string[]): KeyStore[] {
  if (keys.length > maxKeys) return keys.map(() => sharedStore);
  let name = "";
  return keys.map((key) => {
    name += JSON.stringify(key);
    let store = taken.get(name);
    if (store === undefined && taken.size < stores.length) {
      store = stores[taken.size] as KeyStore;
      taken.set(name, store);
    }
    return store ?? sharedStore;
  });
}
