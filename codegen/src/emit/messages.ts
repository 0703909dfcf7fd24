import type { EnumModel, Key, MapModel, MessageModel, Model, WireType } from "../model/model.ts";
import { hexByte, type Literal, printLiteral, propertyName, whenLiteral } from "./literal.ts";
import { rowsText } from "./markers.ts";
import type { Output } from "./product.ts";
import { keyRow, namesOfTypes, others } from "./table-rows.ts";
import { docComment, header, mentionsUuid, property, structuresIn } from "./typescript.ts";

/** `src/gen/messages.ts`: the API's types of messages and declared maps, and their tables. */
export function emitMessages(model: Model): Output {
  const { messages, maps, enums } = model;
  const inputs = reachable(model, "request");
  const outputs = reachable(model, "response");
  const keys = [...maps.flatMap((map) => map.keys), ...messages.flatMap(({ fields }) => fields)];
  const structures = [...new Set(keys.flatMap(({ type }) => structuresIn(type)))].sort();
  const names = (direction: string): string =>
    messages
      .filter((message) => message.direction === direction)
      .map(({ name }) => name)
      .join(" | ") || "never";
  return {
    path: "src/gen/messages.ts",
    text: `${header}
${keys.some(({ type }) => mentionsUuid(type)) ? 'import type { UUID } from "@fulgur/neo4j-types";\n' : ""}import { ${[...namesOfTypes(keys), "mapTablesOf", "messagesOf"].sort().join(", ")} } from "../table-rows.ts";
import type { MapTable, MessageTable } from "../tables.ts";
${structures.length === 0 ? "" : `import type { ${structures.map((name) => `${name}Value`).join(", ")} } from "./structures.ts";\n`}
${[
  ...enums.map(enumText),
  ...maps.map((map) => mapInterface(map, outputs.has(map.name) && !inputs.has(map.name))),
  ...messages.map(messageInterface),
].join("\n\n")}

${docComment("What a client sends.")}export type Request = ${names("request")};

${docComment("What a server sends.")}export type Response = ${names("response")};

${docComment("The declared maps by name.")}export interface MapTypes {
${maps.map(({ name }) => `  readonly ${name}: ${name};\n`).join("")}}

${docComment("What SUCCESS says in answer to a request, by the request's name.")}export interface SuccessTypes {
${messages.map(successProperty).join("")}}

${docComment("Every message of every version.")}export const messages: readonly MessageTable[] = /* @__PURE__ */ messagesOf(${rowsText(messages.map(messageRow))});

${docComment("Every map with declared keys, by name.")}export const mapTables: { readonly [name: string]: MapTable } = /* @__PURE__ */ mapTablesOf({
${maps.map(mapRow).join("")}});`,
  };
}

/** The names of the maps that messages of a direction hold, themselves or within others. */
function reachable({ messages, maps }: Model, direction: "request" | "response"): Set<string> {
  const byName = new Map(maps.map((map) => [map.name, map]));
  const found = new Set<string>();
  const visit = (type: WireType): void => {
    if (type.kind === "list" || type.kind === "map") visit(type.of);
    if (type.kind !== "table" || found.has(type.name)) return;
    found.add(type.name);
    for (const key of byName.get(type.name)?.keys ?? []) visit(key.type);
  };
  for (const message of messages.filter((message) => message.direction === direction)) {
    for (const field of message.fields) visit(field.type);
  }
  if (direction === "response") {
    for (const { success } of messages) if (success !== undefined) visit({ kind: "table", name: success });
    // Maps that no field names are read by core itself, as FAILURE's metadata is.
    const inputs = reachable({ messages, maps } as Model, "request");
    for (const { name } of maps) if (!inputs.has(name)) visit({ kind: "table", name });
  }
  return found;
}

function mapInterface({ name, keys, doc }: MapModel, onlyRead: boolean): string {
  return `${docComment(doc)}export interface ${name} {\n${withoutTwins(keys)
    .map((key) => property(key, !isAlwaysThere(key, keys, onlyRead)))
    .join("")}}`;
}

/** Twins, which versions renamed, are one property: documented as the newest one is. */
function withoutTwins(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [key.name, key])).values()];
}

function isAlwaysThere(key: Key, keys: readonly Key[], onlyRead: boolean): boolean {
  const twins = keys.filter(({ name }) => name === key.name);
  if (onlyRead && twins.some(({ missing, defaultValue }) => missing !== undefined || defaultValue !== undefined)) {
    return true;
  }
  if (twins.every(({ required }) => required)) return true;
  const isScalar = !["list", "map", "table"].includes(key.type.kind);
  return isScalar && !key.optional && !key.nullable && key.on.length === 0 && twins.length === 1;
}

function messageInterface({ name, wireName, fields, doc }: MessageModel): string {
  const properties = fields.map((field) =>
    property({ ...field, nullable: field.nullable || field.optional }, field.on.length > 0),
  );
  return `${docComment(doc)}export interface ${name} {\n  readonly type: ${JSON.stringify(wireName)};\n${properties.join("")}}`;
}

function enumText({ name, values, doc }: EnumModel): string {
  const constant = `${name[0]?.toLowerCase()}${name.slice(1)}`;
  const rows = values.map((value) => `${docComment(value.doc, "  ")}  ${propertyName(value.name)}: ${value.number},\n`);
  return `${docComment(doc)}export const ${constant} = {
${rows.join("")}} as const;
export type ${name} = (typeof ${constant})[keyof typeof ${constant}];`;
}

function successProperty({ wireName, direction, success, unanswered }: MessageModel): string {
  if (direction === "response" || unanswered) return "";
  return `  readonly ${propertyName(wireName)}: ${success ?? "{ readonly [key: string]: unknown }"};\n`;
}

function messageRow({ wireName, signature, direction, on, fields, success, unanswered }: MessageModel): Literal {
  const more = others({
    on: on.length === 0 ? undefined : whenLiteral(on),
    success,
    unanswered: unanswered ? true : undefined,
  });
  return [wireName, hexByte(signature), direction, fields.map(keyRow), ...more];
}

function mapRow({ name, keys }: MapModel): string {
  const rows = keys.map((key) => `    ${printLiteral(keyRow(key), "    ")},\n`).join("");
  return `  ${propertyName(name)}: ${rows === "" ? "[]" : `[\n${rows}  ]`},\n`;
}
