/**
 * Where in a query's text something may be put: not between quotes, where a parameter would be three letters of a text, and not in a
 * comment. Cypher's lexer in so far as it matters for that.
 */
import { ConfigurationError } from "@fulgur/neo4j-core";

/** What a piece of text leaves open at its end. */
type Open = "code" | "'" | '"' | "`" | "//" | "/*";

const places: { readonly [State in Open]: string } = {
  code: "",
  "'": "in quotes (')",
  '"': 'in quotes (")',
  "`": "in back-ticks (`)",
  "//": "in a comment (//)",
  "/*": "in a comment (/*)",
};

/** A tagged template's texts are the same array at each call. */
const checked = new WeakSet<TemplateStringsArray>();

/**
 * @param isValue whether what stands between two texts becomes a parameter
 * @throws ConfigurationError when something stands where it can't be put
 */
export function checkTemplate(strings: TemplateStringsArray, isValue: (index: number) => boolean): void {
  const isKnown = checked.has(strings);
  const last = strings.length - 1;
  for (let index = 0; index <= last; index++) {
    const text: string | undefined = strings[index];
    if (text === undefined) throw refusal("has a text with a bad escape sequence in it");
    if (index < last && isValue(index) && text.endsWith("$")) {
      throw refusal(`has a $ before value ${index + 1}: the tag writes it itself`);
    }
    if (isKnown) continue;
    const open = openAt(text);
    if (open === "code" || (index === last && open === "//")) continue;
    if (index === last) throw refusal(`ends ${places[open]}`);
    const remedy = open === "`" ? "use cypher.identifier for a name" : "take them away, for it becomes a parameter";
    throw refusal(`has value ${index + 1} ${places[open]}${open.startsWith("/") ? "" : `: ${remedy}`}`);
  }
  checked.add(strings);
}

/** Whether what is put behind the text would be part of a comment. */
export function endsInComment(text: string): boolean {
  return text.includes("//") && openAt(text) === "//";
}

function openAt(text: string): Open {
  let open: Open = "code";
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const pair = char + (text[at + 1] ?? "");
    if (open === "code") {
      if (char === "'" || char === '"' || char === "`") open = char;
      else if (pair === "//" || pair === "/*") {
        open = pair;
        at++;
      }
    } else if (open === "//") {
      if (char === "\n" || char === "\r") open = "code";
    } else if (open === "/*") {
      if (pair === "*/") {
        open = "code";
        at++;
      }
    } else if (char === open) open = "code";
    else if (char === "\\" && open !== "`") at++;
  }
  return open;
}

function refusal(what: string): ConfigurationError {
  return new ConfigurationError(`A cypher template ${what}.`, { option: "query" });
}
