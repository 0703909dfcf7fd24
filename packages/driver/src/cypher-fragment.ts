/** A piece of a query: text that a developer wrote, names that were quoted, and values that become parameters. */
import { endsInComment } from "./cypher-template.ts";
import type { Parameters } from "./parameters.ts";

/** Text as it is, or a value that gets a parameter's name when the whole query is put together. */
export type Piece = { readonly text: string } | { readonly value: unknown };

/** The pieces of a fragment; only this package makes fragments, so that no foreign object can pass for text. */
export let piecesOf: (fragment: CypherFragment) => readonly Piece[];
export let fragmentOf: (pieces: readonly Piece[]) => CypherFragment;

/** What the `cypher` tag gives: a query, or a part of another one. It is run as it is, or put into another template. (EQ-07) */
export class CypherFragment {
  readonly #pieces: readonly Piece[];
  #composed: Composed | undefined;

  static {
    piecesOf = (fragment) => fragment.#pieces;
    fragmentOf = (pieces) => new CypherFragment(pieces);
  }

  private constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
    Object.freeze(this);
  }

  /** The query's text, with `$p0`, `$p1` and so on in the place of values. */
  get text(): string {
    return this.#whole.text;
  }

  /** The values by those names. */
  get parameters(): Parameters {
    return this.#whole.parameters;
  }

  toString(): string {
    return this.text;
  }

  get [Symbol.toStringTag](): string {
    return "CypherFragment";
  }

  /** Prints the text and how many values there are, but none of them. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const { text, parameters } = this.#whole;
    return `cypher\`${text}\` (${Object.keys(parameters).length} parameters)`;
  }

  get #whole(): Composed {
    return (this.#composed ??= compose(this.#pieces));
  }
}

interface Composed {
  readonly text: string;
  readonly parameters: Parameters;
}

const ownName = /\$`?p(\d+)/g;
const endsWithWord = /[\p{ID_Continue}$]$/u;
const startsWithWord = /^[\p{ID_Continue}$]/u;

function compose(pieces: readonly Piece[]): Composed {
  const taken = new Set<number>();
  for (const piece of pieces) {
    if ("text" in piece) for (const [, number] of piece.text.matchAll(ownName)) taken.add(Number(number));
  }
  const parameters: { [name: string]: unknown } = {};
  let text = "";
  let number = 0;
  let inComment = false;
  for (const piece of pieces) {
    if (inComment) text += "\n";
    if ("text" in piece) {
      text = joined(text, piece.text);
      inComment = endsInComment(piece.text);
    } else {
      while (taken.has(number)) number++;
      const name = `p${number++}`;
      parameters[name] = piece.value;
      text = joined(text, `$${name}`);
      inComment = false;
    }
  }
  return { text, parameters: Object.freeze(parameters) };
}

/** Keeps two words, or two quoted names, from becoming one. */
function joined(before: string, after: string): string {
  const merge =
    (endsWithWord.test(before) && startsWithWord.test(after)) || (before.endsWith("`") && after.startsWith("`"));
  return merge ? `${before} ${after}` : before + after;
}
