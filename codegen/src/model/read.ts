import { type DescFile, type DescMessage, getOption, hasOption } from "@bufbuild/protobuf";
import {
  errors as errorsOption,
  handshake as handshakeOption,
  marker as markerOption,
  message as messageOption,
  structure as structureOption,
  vector_element as vectorElementOption,
} from "../gen/fulgur/spec/v1/options_pb.ts";
import { docOf } from "./doc.ts";
import { SpecError } from "./failure.ts";
import { isStandIn, readKeys, readWhens } from "./keys.ts";
import type {
  EnumModel,
  ErrorRuleModel,
  HandshakeModel,
  MapModel,
  MarkerModel,
  MessageModel,
  Model,
  StructureModel,
  VectorElementModel,
} from "./model.ts";
import { upperSnakeCase, withoutPrefix } from "./names.ts";
import { Names, readVersions, readVocabulary } from "./vocabulary.ts";

const optionsFileName = "fulgur/spec/v1/options";

/**
 * Reads the model of a spec.
 *
 * @param files the files that declare the protocol.
 * @param allFiles these and what they import: options.proto is among them.
 * @throws SpecError for what can't be read; what can be read but makes no sense is `check/`'s.
 */
export function readModel(files: readonly DescFile[], allFiles: readonly DescFile[]): Model {
  const optionsFile = allFiles.find(({ name }) => name === optionsFileName);
  if (optionsFile === undefined) throw new SpecError("spec", `no file imports ${optionsFileName}.proto`);
  const names = new Names(optionsFile);

  const sorted = files.filter((file) => file !== optionsFile).sort((a, b) => (a.name < b.name ? -1 : 1));
  const messages = sorted.flatMap((file) => file.messages.flatMap(withNested)).filter((desc) => !isStandIn(desc));
  const enums = sorted.flatMap((file) => [
    ...file.enums,
    ...file.messages.flatMap(withNested).flatMap((m) => m.nestedEnums),
  ]);
  const has = {
    structure: messages.filter((desc) => hasOption(desc, structureOption)),
    message: messages.filter((desc) => hasOption(desc, messageOption)),
    handshake: messages.filter((desc) => hasOption(desc, handshakeOption)),
    errors: messages.filter((desc) => hasOption(desc, errorsOption)),
  };
  const special = new Set(Object.values(has).flat());

  return {
    versions: readVersions(names),
    vocabulary: readVocabulary(names),
    markers: enums.flatMap((desc) => desc.values.flatMap((value) => readMarker(desc.name, value, names))),
    vectorElements: enums.flatMap((desc) => desc.values.flatMap(readVectorElement)),
    enums: enums.flatMap(readPlainEnum),
    structures: has.structure.map((desc) => readStructure(desc, names)),
    messages: has.message.map((desc) => readMessage(desc, names)),
    maps: messages.filter((desc) => !special.has(desc)).map((desc) => readMap(desc, names)),
    handshakes: has.handshake.map(readHandshake),
    errorRules: has.errors.flatMap((desc) => readErrorRules(desc, names)),
    errorsDoc: has.errors.map(docOf).join("\n\n"),
  };
}

function withNested(desc: DescMessage): DescMessage[] {
  return [desc, ...desc.nestedMessages.flatMap(withNested)];
}

type EnumDesc = DescFile["enums"][number];
type EnumValue = EnumDesc["values"][number];

function readMarker(enumName: string, value: EnumValue, names: Names): MarkerModel[] {
  if (!hasOption(value, markerOption)) return [];
  const where = value.name;
  const { type, last, layout, sizeBytes, fixedBytes, on, decodeOnly } = getOption(value, markerOption);
  const layoutName = names.camel("Layout", layout, where);
  if (layoutName === undefined) throw new SpecError(where, "its marker needs a layout");
  return [
    {
      // The byte 0 is a marker and, by protobuf's style, a name that ends in UNSPECIFIED.
      name: withoutPrefix(enumName, value.name).replace(/_UNSPECIFIED$/, ""),
      first: value.number,
      last: last === 0 ? value.number : last,
      type,
      layout: layoutName as MarkerModel["layout"],
      sizeBytes,
      fixedBytes,
      on: readWhens(on),
      decodeOnly,
      doc: docOf(value),
      where,
    },
  ];
}

function readVectorElement(value: EnumValue): VectorElementModel[] {
  if (!hasOption(value, vectorElementOption)) return [];
  const { name, bytes } = getOption(value, vectorElementOption);
  return [{ name, marker: value.number, bytes, doc: docOf(value) }];
}

function readPlainEnum(desc: EnumDesc): EnumModel[] {
  if (desc.values.some((value) => hasOption(value, markerOption) || hasOption(value, vectorElementOption))) return [];
  const values = desc.values
    .map((value) => ({ name: withoutPrefix(desc.name, value.name), number: value.number, doc: docOf(value) }))
    .filter(({ name }) => name !== "UNSPECIFIED");
  return [{ name: desc.name, values, doc: docOf(desc) }];
}

function readStructure(desc: DescMessage, names: Names): StructureModel {
  const { tag, on, value, form, sendable } = getOption(desc, structureOption);
  return {
    name: desc.name,
    tag,
    value: value === "" ? desc.name : value,
    form,
    on: readWhens(on),
    sendable,
    fields: readKeys(desc, names),
    doc: docOf(desc),
    where: desc.typeName,
  };
}

function readMessage(desc: DescMessage, names: Names): MessageModel {
  const where = desc.typeName;
  const option = getOption(desc, messageOption);
  const state = (number: number): string => {
    const name = names.upper("State", number, where);
    if (name === undefined) throw new SpecError(where, "a state is unspecified");
    return name;
  };
  const direction = names.camel("Direction", option.direction, where);
  if (direction === undefined) throw new SpecError(where, "its direction is unspecified");
  return {
    name: desc.name,
    wireName: upperSnakeCase(desc.name),
    signature: option.signature,
    direction: direction as MessageModel["direction"],
    on: readWhens(option.on),
    fields: readKeys(desc, names),
    moves: option.moves.map((move) => {
      const outcome = names.camel("Outcome", move.outcome, where);
      return {
        from: move.from.map(state),
        to: state(move.to),
        ...(outcome === undefined ? {} : { outcome }),
        on: readWhens(move.on),
      };
    }),
    ignored: option.ignored.map(state),
    refused: option.refused.map(state),
    ...(option.success === "" ? {} : { success: option.success }),
    unanswered: option.unanswered,
    doc: docOf(desc),
    where,
  };
}

function readMap(desc: DescMessage, names: Names): MapModel {
  return { name: desc.name, keys: readKeys(desc, names), doc: docOf(desc), where: desc.typeName };
}

function readHandshake(desc: DescMessage): HandshakeModel {
  const { magic, proposals, manifest, http } = getOption(desc, handshakeOption);
  return {
    magic: [...magic],
    proposals: proposals.map(({ major, minor, range }) => ({ major, minor, range })),
    manifest,
    http: [...http],
    doc: docOf(desc),
    where: desc.typeName,
  };
}

function readErrorRules(desc: DescMessage, names: Names): ErrorRuleModel[] {
  return getOption(desc, errorsOption).rules.map((rule) => {
    const where = `${desc.typeName} (${rule.code})`;
    const retry = names.camel("Retry", rule.retry, where);
    return {
      code: rule.code,
      ...(rule.treatedAs === "" ? {} : { treatedAs: rule.treatedAs }),
      ...(rule.errorClass === "" ? {} : { errorClass: rule.errorClass }),
      ...(retry === undefined ? {} : { retry }),
      effects: rule.effects.flatMap((effect) => names.camel("Effect", effect, where) ?? []),
      where,
    };
  });
}
