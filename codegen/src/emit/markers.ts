import type { Model } from "../model/model.ts";
import { hexByte, type Literal, printLiteral, propertyName, whenLiteral } from "./literal.ts";
import type { Output } from "./product.ts";
import { docComment, header } from "./typescript.ts";

/** `src/gen/markers.ts`: the first byte of every value, and the elements of vectors. */
export function emitMarkers({ markers, vectorElements }: Model): Output {
  const rows = markers.map((marker): Literal => {
    const { name, first, last, type, layout, sizeBytes, fixedBytes, on, decodeOnly } = marker;
    return {
      name,
      first: hexByte(first),
      last: hexByte(last),
      type,
      layout,
      sizeBytes,
      fixedBytes,
      on: whenLiteral(on),
      decodeOnly,
    };
  });
  const names = markers
    .map(({ name, first, doc }) => `${docComment(doc, "  ")}  ${propertyName(name)}: ${hexByte(first).text},\n`)
    .join("");
  const elements = vectorElements.map(({ name, marker, bytes }): Literal => ({ name, marker: hexByte(marker), bytes }));
  return {
    path: "src/gen/markers.ts",
    text: `${header}
import type { MarkerTable } from "../tables.ts";

${docComment("Every marker; a byte that none covers in a version is reserved there.")}export const markers: readonly MarkerTable[] = ${rowsText(rows)};

${docComment("A marker's byte, or the first of its range, by name.")}export const M = {
${names}} as const;

${docComment("The elements of vectors: name, the byte that stands for it, width in bytes.")}export const vectorElements = ${rowsText(elements)} as const;`,
  };
}

/** A list with one row on each line, however short. */
export function rowsText(rows: readonly Literal[]): string {
  return rows.length === 0 ? "[]" : `[\n${rows.map((row) => `  ${printLiteral(row, "  ")},\n`).join("")}]`;
}
