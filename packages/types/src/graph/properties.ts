/** A property that has to be there. @throws RangeError that lists the names when it isn't. */
export function propertyOf<P extends object, K extends keyof P & string>(properties: P, name: K, what: string): P[K] {
  if (Object.hasOwn(properties, name)) return properties[name];
  const names = Object.keys(properties).map((each) => JSON.stringify(each));
  const others = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
  throw new RangeError(`the ${what} has no property ${JSON.stringify(name)}: ${others}`);
}
