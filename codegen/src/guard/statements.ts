import type { ErrorRuleModel, HandshakeModel, Key, MessageModel, Model, StructureModel, When } from "../model/model.ts";
import type { Statement } from "./statement.ts";

/**
 * Everything that a spec says and that `buf breaking` doesn't see, and some that it does: then both report it.
 *
 * @param greatest the newest version of the baseline: proposals for newer ones are left out.
 */
export function statements(model: Model, greatest: number): Statement[] {
  return [
    ...model.versions.map(({ text, number }) => ({
      where: `Bolt ${text}`,
      on: [[{ since: number, until: number }]],
      says: {},
    })),
    ...model.markers.map(({ where, first, last, type, layout, sizeBytes, fixedBytes, decodeOnly, on }) => ({
      where: shortName(where),
      on: [on],
      says: texts({ first: hex(first), last: hex(last), type, layout, sizeBytes, fixedBytes, decodeOnly }),
    })),
    ...model.vectorElements.map(({ name, marker, bytes }) => ({
      where: `vector element ${hex(marker)}`,
      on: [],
      says: texts({ name, bytes }),
    })),
    ...model.structures.flatMap(structureStatements),
    ...model.messages.flatMap(messageStatements),
    ...model.maps.flatMap(({ keys }) => keys.map((key) => keyStatement(key, []))),
    ...model.handshakes.map((handshake) => handshakeStatement(handshake, greatest)),
  ];
}

function structureStatements(structure: StructureModel): Statement[] {
  const { tag, value, form, sendable, on } = structure;
  const where = shortName(structure.where);
  return [
    { where, on: [on], says: texts({ tag: hex(tag), value, form, sendable }) },
    ...structure.fields.map((field) => ({ ...keyStatement(field, on), within: where })),
  ];
}

function messageStatements(message: MessageModel): Statement[] {
  const { wireName, signature, direction, success, unanswered, moves, ignored, refused, on } = message;
  const where = shortName(message.where);
  const answer = (state: string, answered: string): Statement => ({
    where: `${wireName} in ${state}`,
    within: where,
    on: [on],
    says: { answered },
  });
  return [
    { where, on: [on], says: texts({ signature: hex(signature), direction, success, unanswered }) },
    ...message.fields.map((field) => ({ ...keyStatement(field, on), within: where })),
    ...moves.flatMap((move) =>
      move.from.map((state) => ({
        where: `${wireName} in ${state}${move.outcome === undefined ? "" : ` (${move.outcome})`}`,
        within: where,
        on: [on, move.on],
        says: { to: move.to },
      })),
    ),
    ...ignored.map((state) => answer(state, "IGNORED")),
    ...refused.map((state) => answer(state, "FAILURE")),
  ];
}

function keyStatement(key: Key, around: readonly When[]): Statement {
  const { name, position, type, optional, defaultValue, badDefault, missing, required, nullable, secret } = key;
  const { flatten, unit, refuseWhenUnavailable } = key;
  return {
    where: shortName(key.where),
    on: [around, key.on],
    says: texts({
      key: key.key,
      name,
      position,
      type: JSON.stringify(type),
      default: defaultValue === undefined ? badDefault : JSON.stringify(defaultValue.json),
      ...{ missing, optional, required, nullable, secret, flatten, unit, refuseWhenUnavailable },
    }),
  };
}

/** Proposals are compared as the versions they offer, so that room for a newer version may be made. */
function handshakeStatement({ magic, proposals, manifest, http, where }: HandshakeModel, greatest: number): Statement {
  const offered = proposals.flatMap(({ major, minor, range }) => {
    if (major === 0xff) return [`manifest ${minor}`];
    const minors = Array.from({ length: range + 1 }, (_, less) => minor - less);
    return minors.filter((one) => ((major << 8) | one) <= greatest).map((one) => `${major}.${one}`);
  });
  return {
    where: shortName(where),
    on: [],
    says: texts({
      magic: magic.map(hex).join(" "),
      offers: offered.join(", "),
      manifest,
      http: http.map(hex).join(" "),
    }),
  };
}

/**
 * What the rules say of a code, a pattern included: the first one that fits it. So a new rule that says what a more
 * general one said already is no difference, and one that comes to be hidden is.
 */
export function errorStatement(code: string, rules: readonly ErrorRuleModel[]): Statement | undefined {
  const rule = rules.find((one) =>
    one.code.endsWith("*") ? code.startsWith(one.code.slice(0, -1)) : one.code === code,
  );
  if (rule === undefined) return undefined;
  const { treatedAs, errorClass, retry, effects } = rule;
  return {
    where: `error ${code}`,
    on: [],
    says: texts({ treatedAs, errorClass, retry, effects: [...effects].sort().join(", ") }),
  };
}

function texts(values: Readonly<Record<string, string | number | boolean | undefined>>): Record<string, string> {
  const entries = Object.entries(values).map(([name, value]) => [name, value === undefined ? "" : String(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0").toUpperCase()}`;
}

function shortName(where: string): string {
  return where.replace(/^fulgur\.bolt\.v\d+\./, "");
}
