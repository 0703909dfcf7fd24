import type { Key, MessageModel, Model, Version, When, WireType } from "../model/model.ts";
import type { Output } from "./product.ts";

/** `docs/protocol.md`: the protocol for people, from the same declarations and comments as the code. */
export function emitDocs(model: Model): Output {
  const sections = [
    "<!-- Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`. -->",
    "# The Bolt protocol",
    `Bolt ${versionList(model.versions)}, as \`spec/\` declares it. "Versions" tells where something exists: \`5.1+\` is 5.1 and later, \`-5.0\` is up to 5.0; empty is always.`,
    ...handshake(model),
    ...markers(model),
    ...structures(model),
    ...messages(model, "request"),
    ...messages(model, "response"),
    ...maps(model),
    ...states(model),
    ...enums(model),
    ...errors(model),
  ];
  return { path: "docs/protocol.md", text: sections.join("\n\n") };
}

function versionList(versions: readonly Version[]): string {
  const texts = versions.map(({ text }) => text);
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

function handshake({ handshakes }: Model): string[] {
  return handshakes.flatMap(({ doc, magic, proposals, manifest, http }) => [
    "## Handshake",
    doc,
    table(
      ["Part", "Bytes", "Meaning"],
      [
        ["magic", bytesText(magic), ""],
        ...proposals.map(({ major, minor, range }): string[] => [
          "proposal",
          bytesText([0, range, minor, major]),
          major === 255 ? `a manifest of version ${minor}` : proposalText(major, minor, range),
        ]),
        ["answer", bytesText([0, 0, manifest, 255]), "a manifest follows"],
        ["answer", bytesText(http), "the server speaks HTTP"],
      ],
    ),
  ]);
}

function proposalText(major: number, minor: number, range: number): string {
  if (major === 0) return "none";
  return range === 0 ? `${major}.${minor}` : `${major}.${minor} down to ${major}.${minor - range}`;
}

function markers({ markers, vectorElements }: Model): string[] {
  return [
    "## Values: PackStream",
    table(
      ["Byte", "Name", "Type", "What follows", "Versions", ""],
      markers.map(({ name, first, last, type, layout, sizeBytes, fixedBytes, on, decodeOnly, doc }) => [
        first === last ? code(byteText(first)) : `${code(byteText(first))} to ${code(byteText(last))}`,
        name,
        type,
        {
          inline: "",
          tiny: "as many as the low half says",
          fixed: plural(fixedBytes),
          sized: `size in ${plural(sizeBytes)}`,
        }[layout],
        onText(on),
        `${line(doc)}${decodeOnly ? " Read, never written." : ""}`,
      ]),
    ),
    ...(vectorElements.length === 0
      ? []
      : [
          "### Elements of vectors",
          table(
            ["Byte", "Element", "Bytes"],
            vectorElements.map(({ name, marker, bytes }) => [code(byteText(marker)), name, String(bytes)]),
          ),
        ]),
  ];
}

function plural(bytes: number): string {
  return bytes === 1 ? "1 byte" : `${bytes} bytes`;
}

function structures({ structures }: Model): string[] {
  return [
    "## Structures",
    ...structures.flatMap(({ name, tag, value, form, on, sendable, fields, doc }) => [
      `### ${name}`,
      doc,
      facts([
        ["Tag", code(byteText(tag))],
        ["Versions", onText(on)],
        ["Carries", value === name ? "" : value],
        ["Form", form],
        ["Sent by", sendable ? "both sides" : "servers"],
      ]),
      keyTable(fields, "Field"),
    ]),
  ];
}

function messages(model: Model, direction: MessageModel["direction"]): string[] {
  return [
    direction === "request" ? "## Requests" : "## Responses",
    ...model.messages
      .filter((message) => message.direction === direction)
      .flatMap(({ wireName, signature, on, fields, success, unanswered, doc }) => [
        `### ${wireName}`,
        doc,
        facts([
          ["Signature", code(byteText(signature))],
          ["Versions", onText(on)],
          ["SUCCESS", success === undefined ? "" : link(success)],
          ["Answer", unanswered ? "none to be expected" : ""],
        ]),
        keyTable(fields, "Field"),
      ]),
  ];
}

function maps({ maps }: Model): string[] {
  return ["## Maps", ...maps.flatMap(({ name, keys, doc }) => [`### ${name}`, doc, keyTable(keys, "Key")])];
}

function states({ messages, vocabulary }: Model): string[] {
  const requests = messages.filter(({ direction }) => direction === "request");
  const names = vocabulary.states.map(({ name }) => name);
  const reaction = ({ moves, ignored, refused }: MessageModel, state: string): string => {
    const to = moves
      .filter(({ from }) => from.includes(state))
      .map((move) =>
        [move.to, move.outcome === undefined ? "" : ` (${move.outcome})`, bracketed(onText(move.on))].join(""),
      );
    if (ignored.includes(state)) to.push("_ignored_");
    if (refused.includes(state)) to.push("_refused_");
    return to.join("<br>");
  };
  return [
    "## States",
    table(
      ["State", ""],
      vocabulary.states.map(({ name, doc }) => [name, line(doc)]),
    ),
    "The state after SUCCESS to a request (row) in a state (column). _ignored_: the answer is IGNORED. _refused_: FAILURE, and the connection stays open. Empty: FAILURE, and the server closes.",
    table(
      ["Request", ...names],
      requests.map((request) => [request.wireName, ...names.map((state) => reaction(request, state))]),
    ),
  ];
}

function enums({ enums }: Model): string[] {
  return enums.flatMap(({ name, values, doc }) => [
    `## ${name}`,
    doc,
    table(
      ["Number", "Name", ""],
      values.map((value) => [String(value.number), value.name, line(value.doc)]),
    ),
  ]);
}

function errors({ errorRules, errorsDoc, vocabulary }: Model): string[] {
  return [
    "## Errors",
    errorsDoc,
    table(
      ["Code", "Treated as", "Class", "Retried", "Effects"],
      errorRules.map(({ code: errorCode, treatedAs, errorClass, retry, effects }) => [
        code(errorCode),
        treatedAs === undefined ? "" : code(treatedAs),
        errorClass ?? "",
        retry ?? "",
        effects.join(", "),
      ]),
    ),
    table(
      ["Effect", ""],
      vocabulary.effects.map(({ name, doc }) => [name, line(doc)]),
    ),
  ];
}

function keyTable(keys: readonly Key[], what: string): string {
  if (keys.length === 0) return `No ${what.toLowerCase()}s.`;
  return table(
    [what, "Type", "Versions", "When absent", ""],
    keys.map((key) => [
      code(key.key),
      typeText(key.type),
      onText(key.on),
      absentText(key, what),
      `${line(key.doc)}${remarks(key)}`,
    ]),
  );
}

function absentText({ defaultValue, missing, required, nullable, optional }: Key, what: string): string {
  const parts = [
    required ? "never absent" : "",
    defaultValue === undefined ? "" : code(JSON.stringify(defaultValue.json)),
    missing === undefined ? "" : `_${missing}_`,
    nullable ? "null has a meaning" : "",
    // A position can't be left out.
    optional && !nullable && what === "Field" ? "null" : "",
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function remarks({ name, key, unit, secret, flatten, refuseWhenUnavailable }: Key): string {
  const parts = [
    name === key ? "" : `In the API: ${code(name)}.`,
    unit === undefined ? "" : `Unit: ${unit}.`,
    secret ? "Secret." : "",
    flatten ? "Its keys lie in the map around it." : "",
    refuseWhenUnavailable ? "A version that lacks it: ConfigurationError." : "",
  ];
  return parts.map((part) => (part === "" ? "" : ` ${part}`)).join("");
}

function typeText(type: WireType): string {
  switch (type.kind) {
    case "list":
      return `list of ${typeText(type.of)}`;
    case "map":
      return `map of ${typeText(type.of)}`;
    case "structure":
    case "table":
      return link(type.name);
    default:
      return type.kind;
  }
}

/** `5.1+`, `-5.0`, `5.2-5.4`, `-4.4 with utc`. */
function onText(on: readonly When[]): string {
  return on
    .map(({ since, until, patch, unlessPatch }) => {
      const from = since === undefined ? "" : versionText(since);
      const to = until === undefined ? (since === undefined ? "" : "+") : `-${versionText(until)}`;
      const range = since !== undefined && since === until ? from : `${from}${to}`;
      const condition = [
        patch === undefined ? "" : `with ${patch}`,
        unlessPatch === undefined ? "" : `without ${unlessPatch}`,
      ];
      return [range, ...condition].filter((part) => part !== "").join(" ");
    })
    .join(", ");
}

function bracketed(text: string): string {
  return text === "" ? "" : ` [${text}]`;
}

function facts(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const text = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [text(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(text)].join("\n");
}

function link(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function line(doc: string): string {
  return doc.replaceAll("\n", " ");
}

function byteText(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

function bytesText(bytes: readonly number[]): string {
  return code(bytes.map(byteText).join(" "));
}

function versionText(version: number): string {
  return `${version >> 8}.${version & 0xff}`;
}
