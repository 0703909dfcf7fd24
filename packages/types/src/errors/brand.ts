const brandOf = Symbol.for("fulgur.neo4j.errorBrand");

/** A class of errors that {@link brandErrorClass} has branded. */
type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Brands a class of errors, so that `instanceof` recognises the errors of another copy of the package, too. Call it
 * in the class's static block: `static { brandErrorClass(this, "SessionExpired"); }`. Instances also get the name as `name`.
 *
 * It takes effect for classes that inherit {@link hasErrorBrand} as `Symbol.hasInstance`, which all of this package do.
 *
 * @param name stays the same in minified code, which a class's own name doesn't.
 */
export function brandErrorClass(errorClass: ErrorClass, name: string): void {
  const brand = Symbol.for(`fulgur.neo4j.error.${name}`);
  Object.defineProperty(errorClass, brandOf, { value: brand });
  Object.defineProperty(errorClass.prototype, brand, { value: true });
  Object.defineProperty(errorClass.prototype, "name", { value: name, writable: true, configurable: true });
}

/** Whether a value carries the brand of a class; a class of a user's, which has none of its own, is asked the ordinary way. */
export function hasErrorBrand(errorClass: ErrorClass, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const brand: unknown = Object.hasOwn(errorClass, brandOf) ? Reflect.get(errorClass, brandOf) : undefined;
  if (typeof brand === "symbol") return Reflect.get(value, brand) === true;
  return Function.prototype[Symbol.hasInstance].call(errorClass, value);
}
