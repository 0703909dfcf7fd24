import { type DescField, type DescMessage, getOption, hasOption, ScalarType } from "@bufbuild/protobuf";
import { getComments } from "@bufbuild/protoplugin";
import type { Key as KeyOption, When as WhenOption } from "../gen/fulgur/spec/v1/options_pb.ts";
import { key as keyOption, structure as structureOption } from "../gen/fulgur/spec/v1/options_pb.ts";
import { docOf } from "./doc.ts";
import { SpecError } from "./failure.ts";
import type { Json, Key, When, WireType } from "./model.ts";
import { camelCase, protobufJsonName } from "./names.ts";
import type { Names } from "./vocabulary.ts";

/** Messages that stand for a value which protobuf has no type for. */
const standIns: Readonly<Record<string, WireType>> = { Any: { kind: "any" }, Uuid: { kind: "uuid" } };

/** Whether a message only stands for a value of PackStream: it is no map of its own. */
export function isStandIn(message: DescMessage): boolean {
  return Object.hasOwn(standIns, message.name) && message.fields.length === 0;
}

export function readWhens(whens: readonly WhenOption[]): When[] {
  return whens.map(({ since, until, patch, unlessPatch }) => ({
    ...(since === 0 ? {} : { since }),
    ...(until === 0 ? {} : { until }),
    ...(patch === "" ? {} : { patch }),
    ...(unlessPatch === "" ? {} : { unlessPatch }),
  }));
}

/** The fields of a message in the order of their numbers. */
export function readKeys(message: DescMessage, names: Names): Key[] {
  return [...message.fields].sort((a, b) => a.number - b.number).map((field) => readKey(field, names));
}

function readKey(field: DescField, names: Names): Key {
  const where = `${field.parent.typeName}.${field.name}`;
  const option: KeyOption = getOption(field, keyOption);
  const missing = names.camel("Derivation", option.missing, where);
  return {
    name: camelCase(option.source === "" ? field.name : option.source),
    key: wireKey(field),
    position: field.number,
    type: wireType(field, where),
    on: readWhens(option.on),
    optional: field.proto.proto3Optional,
    ...readDefault(option),
    ...(missing === undefined ? {} : { missing }),
    ...(option.source === "" ? {} : { source: option.source }),
    required: option.required,
    nullable: option.nullable,
    secret: option.secret,
    flatten: option.flatten,
    ...(option.unit === "" ? {} : { unit: option.unit }),
    refuseWhenUnavailable: option.refuseWhenUnavailable,
    doc: docOf(field),
    where,
  };
}

function readDefault({ defaultJson }: KeyOption): Pick<Key, "defaultValue" | "badDefault"> {
  if (defaultJson === undefined) return {};
  try {
    return { defaultValue: { json: JSON.parse(defaultJson) as Json } };
  } catch {
    return { badDefault: defaultJson };
  }
}

/**
 * The field's name, or its `json_name` if the spec writes one. An explicit `json_name` that equals the name protobuf
 * would derive (`operatorType` of `operator_type`) is told from a derived one by the source positions.
 */
function wireKey(field: DescField): string {
  if (field.jsonName !== protobufJsonName(field.name) || hasExplicitJsonName(field)) return field.jsonName;
  return field.name;
}

const jsonNameFieldNumber = 10;

function hasExplicitJsonName(field: DescField): boolean {
  const path = [...getComments(field).sourcePath, jsonNameFieldNumber];
  const locations = field.parent.file.proto.sourceCodeInfo?.location ?? [];
  return locations.some(
    (location) => location.path.length === path.length && location.path.every((part, index) => part === path[index]),
  );
}

function wireType(field: DescField, where: string): WireType {
  if (field.oneof !== undefined) {
    throw new SpecError(where, "a oneof has no meaning on the wire: declare separate keys, or one of type Any");
  }
  switch (field.fieldKind) {
    case "scalar":
      return scalarType(field.scalar, where);
    case "enum":
      return { kind: "integer" };
    case "message":
      return messageType(field.message);
    case "list":
      return { kind: "list", of: elementType(field.listKind, field.scalar, field.message, where) };
    case "map":
      if (field.mapKey !== ScalarType.STRING) throw new SpecError(where, "the keys of a map are strings");
      return { kind: "map", of: elementType(field.mapKind, field.scalar, field.message, where) };
  }
}

function elementType(
  kind: "scalar" | "enum" | "message",
  scalar: ScalarType | undefined,
  message: DescMessage | undefined,
  where: string,
): WireType {
  if (kind === "enum") return { kind: "integer" };
  return message === undefined ? scalarType(scalar as ScalarType, where) : messageType(message);
}

function messageType(message: DescMessage): WireType {
  if (isStandIn(message)) return standIns[message.name] as WireType;
  if (hasOption(message, structureOption)) return { kind: "structure", name: message.name };
  return { kind: "table", name: message.name };
}

function scalarType(scalar: ScalarType, where: string): WireType {
  switch (scalar) {
    case ScalarType.DOUBLE:
      return { kind: "float" };
    case ScalarType.FLOAT:
      throw new SpecError(where, "PackStream has no 32-bit float: use double");
    case ScalarType.BOOL:
      return { kind: "boolean" };
    case ScalarType.STRING:
      return { kind: "string" };
    case ScalarType.BYTES:
      return { kind: "bytes" };
    default:
      return { kind: "integer" };
  }
}
