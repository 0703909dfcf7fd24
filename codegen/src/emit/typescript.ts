import type { Key, WireType } from "../model/model.ts";
import { propertyName } from "./literal.ts";

/** The first line of every generated TypeScript file. */
export const header =
  "// Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`.\n";

/** A doc comment and its line break, its paragraphs filled; nothing if there is nothing to say. */
export function docComment(doc: string, indent = ""): string {
  if (doc === "") return "";
  const width = 120 - indent.length;
  const flat = doc.replaceAll("*/", "*\\/").replaceAll("\n", " ");
  if (!doc.includes("\n\n") && flat.length + 7 <= width) return `${indent}/** ${flat} */\n`;
  const paragraphs = doc.replaceAll("*/", "*\\/").split("\n\n");
  const lines = paragraphs.map((paragraph) => fill(paragraph, width - 3)).join("\n\n");
  return `${indent}/**\n${lines
    .split("\n")
    .map((line) => `${indent} * ${line}`.trimEnd())
    .join("\n")}\n${indent} */\n`;
}

function fill(paragraph: string, width: number): string {
  const lines = [""];
  for (const word of paragraph.split(/\s+/)) {
    const line = lines.at(-1) as string;
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}

/** The TypeScript type of what a field or key holds, in the API. */
export function typeText(type: WireType): string {
  switch (type.kind) {
    case "integer":
      return "number | bigint";
    case "float":
      return "number";
    case "bytes":
      return "Uint8Array";
    case "any":
      return "unknown";
    case "uuid":
      return "UUID";
    case "boolean":
    case "string":
      return type.kind;
    case "list": {
      const item = typeText(type.of);
      return item.includes(" ") && !item.startsWith("{") ? `readonly (${item})[]` : `readonly ${item}[]`;
    }
    case "map":
      return `{ readonly [key: string]: ${typeText(type.of)} }`;
    case "structure":
      return `${type.name}Value`;
    case "table":
      return type.name;
  }
}

/** The names of the structures whose value types a type's text mentions. */
export function structuresIn(type: WireType): string[] {
  if (type.kind === "list" || type.kind === "map") return structuresIn(type.of);
  return type.kind === "structure" ? [type.name] : [];
}

/** The names of the declared maps that a type's text mentions. */
export function tablesIn(type: WireType): string[] {
  if (type.kind === "list" || type.kind === "map") return tablesIn(type.of);
  return type.kind === "table" ? [type.name] : [];
}

export function mentionsUuid(type: WireType): boolean {
  if (type.kind === "list" || type.kind === "map") return mentionsUuid(type.of);
  return type.kind === "uuid";
}

/** One property of an interface, with its doc comment. */
export function property(key: Key, optional: boolean): string {
  const type = `${typeText(key.type)}${key.nullable ? " | null" : ""}`;
  const mark = optional ? "?" : "";
  const end = optional && type !== "unknown" ? " | undefined" : "";
  return `${docComment(`${key.doc}${unitText(key)}`.trim(), "  ")}  readonly ${propertyName(key.name)}${mark}: ${type}${end};\n`;
}

/** The unit, unless the comment names it. */
function unitText({ unit, doc }: Key): string {
  if (unit === undefined) return "";
  const name = unitNames[unit] ?? unit;
  return doc.toLowerCase().includes(name) ? "" : ` In ${name}.`;
}

const unitNames: Readonly<Record<string, string>> = { ms: "milliseconds", s: "seconds", ns: "nanoseconds", d: "days" };
