import type { Integer } from "../integer.ts";

/**
 * The element id where only a number is known, as in Bolt 4.4.
 *
 * @throws RangeError where not even that is: nothing would tell the entity from others.
 */
export function idText(identity: Integer | null): string {
  if (identity === null) throw new RangeError("an entity without an identity needs an element id");
  return String(identity);
}
