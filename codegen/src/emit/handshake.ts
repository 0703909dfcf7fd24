import type { Model } from "../model/model.ts";
import { hexByte, type Literal, printLiteral } from "./literal.ts";
import { rowsText } from "./markers.ts";
import type { Output } from "./product.ts";
import { docComment, header } from "./typescript.ts";

/** `src/gen/handshake.ts`: how a connection opens. */
export function emitHandshake({ handshakes }: Model): Output {
  const [handshake] = handshakes;
  if (handshake === undefined) throw new Error("a model without a handshake passed the checks");
  const { magic, proposals, manifest, http, doc } = handshake;
  const bytes = (list: readonly number[]): string => printLiteral(list.map(hexByte));
  const rows = proposals.map(({ major, minor, range }): Literal => ({ major, minor, range }));
  return {
    path: "src/gen/handshake.ts",
    text: `${header}
${docComment("A version, and how many lower minors are also acceptable; major 255 asks for a manifest of version `minor`.")}export interface Proposal {
  readonly major: number;
  readonly minor: number;
  readonly range: number;
}

${docComment("The first four bytes that a client sends.")}export const magic: readonly number[] = ${bytes(magic)};

${docComment(doc)}export const proposals: readonly Proposal[] = ${rowsText(rows)};

${docComment("All that a client sends at first: the magic, then each proposal as 0, range, minor, major.")}export const opening: readonly number[] = ${bytes([...magic, ...proposals.flatMap(({ major, minor, range }) => [0, range, minor, major])])};

${docComment("The manifest's version that a server may answer with.")}export const manifestVersion = ${manifest};

${docComment("The four bytes with which a server that speaks HTTP answers.")}export const httpAnswer: readonly number[] = ${bytes(http)};`,
  };
}
