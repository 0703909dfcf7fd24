/** The `cypher` template tag: queries whose values can be nothing but values. */
import { ConfigurationError } from "@fulgur/neo4j-core";
import { ParameterError } from "@fulgur/neo4j-types";
import { CypherFragment, fragmentOf, type Piece, piecesOf } from "./cypher-fragment.ts";
import { checkTemplate } from "./cypher-template.ts";
import { Query } from "./query.ts";

/** See {@link cypher}. */
export interface CypherTag {
  /**
   * @throws ConfigurationError for a value between quotes, between back-ticks or in a comment
   */
  (strings: TemplateStringsArray, ...values: readonly unknown[]): CypherFragment;
  /**
   * A name that isn't known before: a label, a relationship type, a property's key, a variable. It is put between back-ticks, and nothing
   * in it can end them. Throws a ParameterError for what isn't a text, or is an empty one.
   */
  identifier(name: string): CypherFragment;
  /** All of these labels, each with its colon: `` :`A`:`B` ``; without a name, nothing. */
  labels(...names: readonly string[]): CypherFragment;
  /** Fragments one after the other, with another one between them: by default a comma. Empty fragments are left out. */
  join(fragments: Iterable<CypherFragment>, separator?: CypherFragment): CypherFragment;
  /** The fragment if the condition holds, else nothing. */
  when(condition: unknown, fragment: CypherFragment): CypherFragment;
  /** Nothing. */
  readonly empty: CypherFragment;
}

function tag(strings: TemplateStringsArray, ...values: readonly unknown[]): CypherFragment {
  if (!Array.isArray(strings) || !Array.isArray(strings.raw)) {
    throw new ConfigurationError("cypher is a tag for templates: write cypher`…`, not cypher(…).", { option: "query" });
  }
  checkTemplate(strings, (index) => !(values[index] instanceof CypherFragment));
  const pieces: Piece[] = [];
  for (const [index, text] of strings.entries()) {
    if (text !== "") pieces.push({ text });
    if (index < values.length) pieces.push(...piecesFor(values[index], index + 1));
  }
  return fragmentOf(pieces);
}

function piecesFor(value: unknown, position: number): readonly Piece[] {
  if (value instanceof CypherFragment) return piecesOf(value);
  const refused = refusalOf(value);
  if (refused === undefined) return [{ value }];
  throw new ParameterError(`Value ${position} of a cypher template is ${refused}.`, {
    path: `value ${position}`,
    type: Array.isArray(value) ? "array" : "Query",
  });
}

function refusalOf(value: unknown): string | undefined {
  if (value instanceof Query) return "a Query, which is whole: put together fragments, and make a Query of the outcome";
  const hasFragments = Array.isArray(value) && value.some((item) => item instanceof CypherFragment);
  return hasFragments ? "a list of fragments: put them together by cypher.join" : undefined;
}

/**
 * Servers replace `\u0060` by a back-tick before they look for the one that ends a name, so a backslash has to be written as what they
 * make a backslash of: they don't look at the outcome again.
 */
function identifier(name: string): CypherFragment {
  if (typeof name !== "string" || name === "") {
    const what = typeof name === "string" ? "empty" : `not a text but ${name === null ? "null" : typeof name}`;
    throw new ParameterError(`The name for cypher.identifier is ${what}.`, { path: "identifier", type: typeof name });
  }
  return fragmentOf([{ text: `\`${name.replaceAll("\\", "\\u005C").replaceAll("`", "``")}\`` }]);
}

const empty = fragmentOf([]);
const comma = fragmentOf([{ text: ", " }]);

function join(fragments: Iterable<CypherFragment>, separator = comma): CypherFragment {
  const pieces: Piece[] = [];
  for (const fragment of fragments) {
    const more = piecesOf(checkedFragment(fragment, "join"));
    if (more.length === 0) continue;
    if (pieces.length > 0) pieces.push(...piecesOf(checkedFragment(separator, "join")));
    pieces.push(...more);
  }
  return fragmentOf(pieces);
}

function checkedFragment(fragment: unknown, method: string): CypherFragment {
  if (fragment instanceof CypherFragment) return fragment;
  throw new ParameterError(`cypher.${method} takes fragments: write cypher\`…\` instead of a text.`, {
    path: method,
    type: typeof fragment,
  });
}

/**
 * Makes a query of a template. Values become parameters; a fragment, which another `cypher` template or one of the helpers made, becomes
 * part of the text. There is no way for any other text to get in. (EQ-07)
 *
 * @example
 * ```ts
 * const filter = cypher.when(minimum !== undefined, cypher`WHERE p.age >= ${minimum}`);
 * const query = cypher`MATCH (p${cypher.labels("Person", kind)}) ${filter} RETURN p.name AS name LIMIT ${int(10)}`;
 * const { records } = await db.executeQuery(query);
 * ```
 */
export const cypher: CypherTag = Object.freeze(
  Object.assign(tag, {
    identifier,
    labels: (...names: readonly string[]) =>
      fragmentOf(names.flatMap((name) => [{ text: ":" }, ...piecesOf(identifier(name))])),
    join,
    when: (condition: unknown, fragment: CypherFragment) => (condition ? checkedFragment(fragment, "when") : empty),
    empty,
  }),
);
