import type { Model } from "../model/model.ts";
import type { Literal } from "./literal.ts";
import { rowsText } from "./markers.ts";
import type { Output } from "./product.ts";
import { docComment, header } from "./typescript.ts";

/** `src/gen/errors.ts`: what a client makes of a server's error codes. */
export function emitErrors({ errorRules, errorsDoc, vocabulary }: Model): Output {
  const rows = errorRules.map(({ code, treatedAs, errorClass, retry, effects }): Literal => {
    return { code, treatedAs, errorClass, retry, effects };
  });
  const union = (names: readonly string[]): string =>
    names.length === 0 ? "never" : names.map((name) => JSON.stringify(name)).join(" | ");
  const classes = [...new Set(errorRules.flatMap(({ errorClass }) => errorClass ?? []))].sort();
  const effects = vocabulary.effects
    .map(({ name, doc }) => `${docComment(doc, "  ")}  | ${JSON.stringify(name)}`)
    .join("\n");
  return {
    path: "src/gen/errors.ts",
    text: `${header}
${docComment("What else an error does to a client.")}export type Effect =
${effects};

${docComment("Whether the work that met the error may be tried again.")}export type Retry = ${union(vocabulary.retries)};

${docComment("The classes that errors become, by name.")}export type ErrorClass =
${classes.map((name) => `  | ${JSON.stringify(name)}`).join("\n") || "  never"};

${docComment("One rule about the codes of errors.")}export interface ErrorRule {
  /** A whole code, one that ends in \`.*\` and stands for all that begin so, or \`*\` for every text. */
  readonly code: string;
  /** The code that it is treated as. */
  readonly treatedAs?: string;
  readonly errorClass?: ErrorClass;
  readonly retry?: Retry;
  readonly effects: readonly Effect[];
}

${docComment(errorsDoc)}export const errorRules: readonly ErrorRule[] = ${rowsText(rows)};`,
  };
}
