import type { Key, WireType } from "../model/model.ts";
import { snakeCase } from "../model/names.ts";
import { type Literal, Raw, whenLiteral } from "./literal.ts";

/** The row of a key or field, as the codec's `src/table-rows.ts` takes it: what is as usual is left out. */
export function keyRow(key: Key): Literal {
  const flag = (value: boolean): true | undefined => (value ? true : undefined);
  const more = others({
    key: key.key === snakeCase(key.name) ? undefined : key.key,
    on: key.on.length === 0 ? undefined : whenLiteral(key.on),
    optional: flag(key.optional),
    defaultValue: key.defaultValue?.json,
    missing: key.missing,
    required: flag(key.required),
    nullable: flag(key.nullable),
    secret: flag(key.secret),
    flatten: flag(key.flatten),
    unit: key.unit,
    refuseWhenUnavailable: flag(key.refuseWhenUnavailable),
  });
  return [key.name, new Raw(typeExpression(key.type)), ...more];
}

/** The end of a row: an object of what isn't as usual, if anything isn't. */
export function others(more: { readonly [key: string]: Literal | undefined }): Literal[] {
  return Object.values(more).some((value) => value !== undefined) ? [more] : [];
}

/** `list(table("Plan"))`. */
function typeExpression(type: WireType): string {
  switch (type.kind) {
    case "list":
    case "map":
      return `${type.kind}(${typeExpression(type.of)})`;
    case "structure":
    case "table":
      return `${type.kind}(${JSON.stringify(type.name)})`;
    default:
      return type.kind;
  }
}

/** The names that the types of these rows are written with. */
export function namesOfTypes(keys: readonly Key[]): string[] {
  const names = ({ kind, ...rest }: WireType): string[] => [kind, ...("of" in rest ? names(rest.of) : [])];
  return [...new Set(keys.flatMap(({ type }) => names(type)))].sort();
}
