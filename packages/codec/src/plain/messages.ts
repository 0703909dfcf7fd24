import type { Message } from "../decoder.ts";
import { fieldFromWire } from "../metadata.ts";
import type { ActiveMessage, Profile } from "../profile.ts";
import type { WireType } from "../tables.ts";
import type { Reader } from "./reader.ts";

/** Which end of the connection a codec serves. */
export type Role = "client" | "server";

/** Reads whole messages, each from the bytes between its chunk headers. */
export class MessageReader {
  readonly #profile: Profile;
  readonly #reader: Reader;
  readonly #bySignature: readonly (ActiveMessage | undefined)[];
  readonly #role: Role;
  readonly #recordSignature: number;
  #columns: readonly string[] | undefined;

  constructor(profile: Profile, reader: Reader, role: Role) {
    this.#profile = profile;
    this.#reader = reader;
    this.#role = role;
    this.#bySignature = role === "client" ? profile.responseBySignature : profile.requestBySignature;
    this.#recordSignature = (role === "client" && profile.responseByName.get("RECORD")?.table.signature) || -1;
  }

  /** The columns of the records to come, if known: records have to have as many values, and errors about one name its column. */
  get columns(): readonly string[] | undefined {
    return this.#columns;
  }

  set columns(columns: readonly string[] | undefined) {
    this.#columns = columns;
  }

  /** Whether the message that begins at `start` is a RECORD, as far as its first two bytes tell. */
  isRecord(bytes: Uint8Array, start: number, end: number): boolean {
    return end - start > 1 && bytes[start + 1] === this.#recordSignature && (bytes[start] as number) >> 4 === 0xb;
  }

  /**
   * Reads a RECORD's values; a value that can't be decoded is a BrokenValue.
   *
   * @throws PackStreamError if the bytes aren't a whole RECORD, or it has not as many values as its result has columns.
   */
  record(bytes: Uint8Array, start: number, end: number): unknown[] {
    const reader = this.#reader.reset(bytes, start, end);
    this.#header(start);
    const at = reader.position;
    const size = reader.listHeader("a RECORD's data");
    const columns = this.#columns;
    if (columns !== undefined && size !== columns.length) {
      reader.fail(`a RECORD has ${counted(size, "value")}, its result ${counted(columns.length, "column")}`, at);
    }
    const values = reader.readRow(size, columns ?? noColumns);
    reader.expectEnd();
    return values;
  }

  /**
   * Reads any other message.
   *
   * @throws PackStreamError if the bytes aren't a whole message of this version.
   */
  message(bytes: Uint8Array, start: number, end: number): Message {
    const reader = this.#reader.reset(bytes, start, end);
    const { table, fields } = this.#header(start);
    const message: Record<string, unknown> = { type: table.name };
    // What the protocol itself says is read in one way, whatever the user wants values to be.
    if (this.#role === "client") {
      reader.integers = "auto";
      reader.floatLists = "array";
    }
    try {
      for (const field of fields) {
        const at = reader.position;
        const value = reader.readValue();
        const fits = isOfType(field.type, value) || (value === null && (field.nullable || field.optional) === true);
        if (!fits) reader.fail(`${table.name}'s ${field.name} has to be a ${nameOf(field.type)}`, at);
        message[field.name] = value === null ? null : fieldFromWire(field, value, this.#profile);
      }
    } finally {
      reader.integers = this.#profile.integers;
      reader.floatLists = this.#profile.floatLists;
    }
    reader.expectEnd();
    return message as unknown as Message;
  }

  #header(start: number): ActiveMessage {
    const { size, signature } = this.#reader.structureHeader("a message");
    const active = this.#bySignature[signature];
    if (active === undefined) {
      const what = this.#role === "client" ? "response" : "request";
      const hex = `0x${signature.toString(16).toUpperCase().padStart(2, "0")}`;
      return this.#reader.fail(`no ${what} has the signature ${hex} in Bolt ${this.#profile.version}`, start + 1);
    }
    if (size !== active.fields.length) {
      return this.#reader.fail(`${active.table.name} has ${active.fields.length} fields, not ${size}`, start);
    }
    return active;
  }
}

const noColumns: readonly string[] = [];

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function isOfType(type: WireType, value: unknown): boolean {
  switch (type.kind) {
    case "any":
      return true;
    case "integer":
      return typeof value === "bigint" || Number.isInteger(value);
    case "float":
      return typeof value === "number";
    case "boolean":
    case "string":
      return typeof value === type.kind;
    case "list":
      return Array.isArray(value) && (type.of.kind === "any" || value.every((item) => isOfType(type.of, item)));
    case "map":
    case "table":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return typeof value === "object" && value !== null;
  }
}

function nameOf(type: WireType): string {
  return type.kind === "table" ? "map" : type.kind === "list" ? `list of ${nameOf(type.of)} values` : type.kind;
}
