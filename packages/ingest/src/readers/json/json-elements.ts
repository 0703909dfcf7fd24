/** The elements of a JSON array as texts. What is in them is left to whoever parses them. */

const [quote, backslash, comma] = [34, 92, 44];
const [beginArray, endArray, beginObject, endObject] = [91, 93, 123, 125];

/** Told parts of the text, says what elements they end. */
export class JsonElements {
  #text = "";
  #at = 0;
  #depth = 0;
  /** Where the element at hand begins; that of the text before the array, and behind it, too. */
  #begin = 0;
  #state: "before" | "within" | "after" = "before";
  #isFirst = true;

  /** Whether the array has ended. */
  get isEnded(): boolean {
    return this.#state === "after";
  }

  /** The characters of an element that hasn't ended. */
  get pending(): number {
    return this.#text.length - this.#begin;
  }

  /** The text at hand; elements are told by their places in it until more of it comes. */
  get text(): string {
    return this.#text;
  }

  /** @returns how much of the text at hand was dropped in front. */
  push(more: string): string {
    const dropped = this.#text.slice(0, this.#begin);
    this.#text = this.#text.slice(this.#begin) + more;
    this.#at -= this.#begin;
    this.#begin = 0;
    return dropped;
  }

  /**
   * The place of the next element, `undefined` if the text at hand ends none.
   *
   * @throws SyntaxError for text that is no array
   */
  next(): { readonly begin: number; readonly end: number } | undefined {
    if (this.#state === "before" && !this.#enter()) return undefined;
    if (this.#state === "after") {
      if (this.#text.slice(this.#begin).trim() !== "") throw new SyntaxError("there is more text behind the array");
      this.#begin = this.#text.length;
      return undefined;
    }
    const text = this.#text;
    let at = this.#at;
    let depth = this.#depth;
    for (; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      if (sign === quote) {
        const end = endOfString(text, at);
        // Begun anew when there is more of it.
        if (end < 0) break;
        at = end;
      } else if (sign === beginObject || sign === beginArray) depth++;
      else if ((sign === endObject || sign === endArray) && depth > 0) depth--;
      else if ((sign === comma || sign === endArray) && depth === 0) {
        this.#at = at + 1;
        this.#depth = 0;
        return this.#ended(at, sign === endArray);
      }
    }
    this.#at = at;
    this.#depth = depth;
    return undefined;
  }

  #enter(): boolean {
    const first = this.#text.search(/\S/);
    if (first < 0) return false;
    if (this.#text.charCodeAt(first) !== beginArray) {
      throw new SyntaxError("it isn't a JSON array; for an object in each line the format is jsonl");
    }
    this.#begin = this.#at = first + 1;
    this.#state = "within";
    return true;
  }

  #ended(end: number, isLast: boolean): { readonly begin: number; readonly end: number } | undefined {
    const begin = this.#begin;
    this.#begin = end + 1;
    if (isLast) this.#state = "after";
    const isEmpty = this.#isFirst && isLast && this.#text.slice(begin, end).trim() === "";
    this.#isFirst = false;
    return isEmpty ? this.next() : { begin, end };
  }
}

/** Where the string ends that begins at a quote; -1 if it doesn't. */
function endOfString(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = end - 1;
    while (text.charCodeAt(escapes) === backslash) escapes--;
    if ((end - escapes) % 2 === 1) return end;
  }
  return -1;
}
