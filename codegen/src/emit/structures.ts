import type { Key, Model, StructureModel } from "../model/model.ts";
import { dialects, isOn } from "../model/when.ts";
import { ItemReaders, ItemWriters, readExpression, writeStatement } from "./fields.ts";
import { hexByte, type Literal, printLiteral, propertyName, Raw, whenLiteral } from "./literal.ts";
import { rowsText } from "./markers.ts";
import type { Output } from "./product.ts";
import { keyRow, namesOfTypes, others } from "./table-rows.ts";
import { docComment, header, mentionsUuid, property, tablesIn } from "./typescript.ts";

/** `src/gen/structures.ts`: each structure's fields as an interface, and its reader and writer. */
export function emitStructures(model: Model): Output {
  const { structures } = model;
  const readers = new ItemReaders();
  const writers = new ItemWriters();
  const functions = structures.map((structure) => {
    const always = leastSize(model, structure);
    return `${readFunction(structure, always, readers)}\n\n${writeFunction(structure, always, writers)}`;
  });
  const uuid = structures.some(({ fields }) => fields.some(({ type }) => mentionsUuid(type)));
  const tables = [...new Set(structures.flatMap(({ fields }) => fields.flatMap(({ type }) => tablesIn(type))))].sort();
  return {
    path: "src/gen/structures.ts",
    text: `${header}
import type * as values from "@fulgur/neo4j-types";
${uuid ? 'import type { UUID } from "@fulgur/neo4j-types";\n' : ""}import { derivations } from "../derivations.ts";
import { ${[...namesOfTypes(structures.flatMap(({ fields }) => fields)), "structuresOf"].sort().join(", ")} } from "../table-rows.ts";
import type { Make, Sink, Source, StructureTable } from "../tables.ts";
${tables.length === 0 ? "" : `import type { ${tables.join(", ")} } from "./messages.ts";\n`}
${docComment("The class of `@fulgur/neo4j-types` by this name; where there is none, the fields, branded by the name.")}export type ValueOf<Name extends string, Fields extends object> = typeof values extends {
  readonly [N in Name]: { readonly prototype: infer Instance };
}
  ? Instance
  : values.BrandedStructure<Name, Fields>;

${structures.map((structure) => interfaceText(model, structure)).join("\n\n")}

type Fill = (...fields: unknown[]) => unknown;
${[...readers.declarations(), ...writers.declarations()].map((line) => `${line}\n`).join("")}
${functions.join("\n\n")}

${docComment("Every structure of every version.")}export const structures: readonly StructureTable[] = /* @__PURE__ */ structuresOf(${rowsText(structures.map(structureRow))});`,
  };
}

/** How many fields a structure has in every version that has it. */
function leastSize(model: Model, { fields, on }: StructureModel): number {
  const sizes = dialects(model)
    .filter(({ version, patches }) => isOn(on, version.number, patches))
    .map(({ version, patches }) => fields.filter((field) => isOn(field.on, version.number, patches)).length);
  return Math.min(fields.length, ...sizes);
}

function interfaceText(model: Model, structure: StructureModel): string {
  const { name, value, fields, doc } = structure;
  const always = leastSize(model, structure);
  const body = fields
    .map((field, index) => {
      const given =
        index < always || [field.missing, field.defaultValue, emptyValue(field)].some((x) => x !== undefined);
      return property({ ...field, nullable: isNullable(field) }, !given);
    })
    .join("");
  const what = value === name ? "" : ` It carries a ${value}.`;
  return `${docComment(`The fields of the structure ${name}. ${doc}${what}`.trim())}export interface ${name}Fields {
${body}}
export type ${name}Value = ValueOf<${JSON.stringify(value)}, ${name}Fields>;`;
}

function readFunction({ name, fields }: StructureModel, always: number, items: ItemReaders): string {
  const variables = fields.map((field) => variableName(field.name));
  const lines = fields.map((field, index) => {
    const read = readExpression("source", field.type, isNullable(field), items);
    const value = index < always ? read : `size > ${index} ? ${read} : ${absent(fields, variables, index)}`;
    const line = `  const ${variables[index]} = ${value};\n`;
    if (line.length <= 121 || index < always) return line;
    return `  const ${variables[index]} =\n    size > ${index}\n      ? ${read}\n      : ${absent(fields, variables, index)};\n`;
  });
  return `function read${name}(source: Source, size: number, make: Make): unknown {
${lines.join("")}  return (make as Fill)(${variables.join(", ")});
}`;
}

/** What is repeated is empty where it is absent, as protobuf has it. */
function emptyValue({ type, nullable, optional }: Key): string | undefined {
  if (nullable || optional) return undefined;
  return type.kind === "list" ? "[]" : type.kind === "map" ? "{}" : undefined;
}

/** The value of a field that this size lacks. */
function absent(fields: readonly Key[], variables: readonly string[], index: number): string {
  const field = fields[index] as Key;
  if (field.defaultValue !== undefined) return printLiteral(field.defaultValue.json);
  if (field.missing === undefined) return emptyValue(field) ?? "undefined";
  const present = fields.slice(0, index).map(({ name }, at) => {
    return propertyName(name) === variables[at] ? name : `${propertyName(name)}: ${variables[at]}`;
  });
  return `derivations.${field.missing}({ ${present.join(", ")} }, ${JSON.stringify(field.name)})`;
}

function writeFunction({ name, fields }: StructureModel, always: number, items: ItemWriters): string {
  const lines = fields.map((field, index) => {
    const write = writeStatement("sink", `fields[${index}]`, field.type, isNullable(field), items);
    return `  ${index < always ? "" : `if (size > ${index}) `}${write}\n`;
  });
  return `function write${name}(sink: Sink, fields: readonly unknown[], size: number): void {
${lines.join("")}}`;
}

/** A position can't be left out: what is optional there may be null. */
function isNullable(field: Key): boolean {
  return (field.nullable || field.optional) && field.type.kind !== "any";
}

const taken = new Set(
  `source size make break case catch class const continue debugger default delete do else enum export extends false
  finally for function if import in instanceof new null return super switch this throw true try typeof var void while
  with let static yield await implements interface package private protected public arguments eval undefined
  derivations`.split(/\s+/),
);

function variableName(name: string): string {
  const identifier = name.replace(/\W/g, "_");
  return taken.has(identifier) || /^\d/.test(identifier) ? `${identifier}_` : identifier;
}

function structureRow({ name, tag, value, form, on, sendable, fields }: StructureModel): Literal {
  const more = others({
    value: value === name ? undefined : value,
    form: form === "" ? undefined : form,
    on: on.length === 0 ? undefined : whenLiteral(on),
    sendable: sendable ? undefined : false,
  });
  return [name, hexByte(tag), new Raw(`read${name}`), new Raw(`write${name}`), fields.map(keyRow), ...more];
}
