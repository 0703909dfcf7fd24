import type { Model } from "../model/model.ts";
import { patchNames } from "../model/when.ts";
import { hexVersion, printLiteral } from "./literal.ts";
import type { Output } from "./product.ts";
import { docComment, header } from "./typescript.ts";

/** `src/gen/versions.ts`: the protocol's versions. */
export function emitVersions(model: Model): Output {
  const { versions } = model;
  const texts = printLiteral(versions.map(({ text }) => text));
  const numbers = versions.map(({ text, number }) => `  "${text}": ${hexVersion(number).text},\n`).join("");
  return {
    path: "src/gen/versions.ts",
    text: `${header}
${docComment("The versions of Bolt that are spoken, oldest first.")}export const boltVersions = ${texts} as const;

${docComment("A version of Bolt.")}export type BoltVersion = (typeof boltVersions)[number];

${docComment("Each version as a number, `major << 8 | minor`: ordered as the versions are.")}export const versionNumber: { readonly [version in BoltVersion]: number } = {
${numbers}};

${docComment("The changes to a version that HELLO can negotiate.")}export const boltPatches: readonly string[] = ${printLiteral(patchNames(model))};`,
  };
}
