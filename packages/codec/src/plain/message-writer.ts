import { ConfigurationError, ParameterError } from "@fulgur/neo4j-types";
import type { Message } from "../decoder.ts";
import type { Response } from "../gen/messages.ts";
import { toWire } from "../metadata.ts";
import type { ActiveMessage, Profile } from "../profile.ts";
import type { KeyTable } from "../tables.ts";
import type { Role } from "./messages.ts";
import { Packer } from "./packer.ts";
import { parameterErrorOf, type RowWriter, Writer, type WriterScope } from "./writer.ts";

/** Encodes whole messages. */
export class MessageWriter {
  readonly #profile: Profile;
  readonly #packer = new Packer();
  /** For what the spec declares, whatever it is. */
  readonly #writer: Writer;
  /** For a query's parameters. */
  readonly #parameters: Writer;
  readonly #role: Role;
  readonly #messages: ReadonlyMap<string, ActiveMessage>;

  /** @param rows writes long lists of maps, where an engine has a faster way. */
  constructor(profile: Profile, role: Role, scope: WriterScope, rows?: RowWriter) {
    this.#profile = profile;
    this.#role = role;
    this.#parameters = new Writer(profile, this.#packer, scope, rows);
    this.#writer = scope === "any" ? this.#parameters : new Writer(profile, this.#packer, "any");
    this.#messages = role === "client" ? profile.requestByName : profile.responseByName;
  }

  /**
   * @throws ConfigurationError for a message that this version lacks.
   * @throws ParameterError for a value that can't be sent.
   */
  write(message: Message | Response): Uint8Array {
    const active = this.#messages.get(message.type);
    if (active === undefined) return this.#refuse(String(message.type));
    const given = message as unknown as Readonly<Record<string, unknown>>;
    // Before anything is written: what it throws needs no path.
    const { fields, table } = active;
    const values = new Array<unknown>(fields.length);
    for (let i = 0; i < values.length; i++) {
      const field = fields[i] as KeyTable;
      values[i] = this.#wireValue(table.name, field, given[field.name]);
    }
    this.#packer.beginMessage();
    this.#writer.reset();
    this.#parameters.reset();
    let root = "";
    try {
      this.#packer.structureHeader(fields.length, table.signature);
      for (let i = 0; i < values.length; i++) {
        const { type, name } = fields[i] as KeyTable;
        const value = values[i];
        // A query's parameters are at the top: their path begins with their name.
        root = type.kind === "map" ? "" : name;
        if (type.kind === "map" && typeof value === "object" && value !== null) this.#parameters.parameters(value);
        else this.#writer.any(value);
      }
      return this.#packer.takeMessage();
    } catch (error) {
      this.#packer.drop();
      throw parameterErrorOf(error, root);
    }
  }

  /** Takes back the memory of a message that was sent. */
  release(message: Uint8Array): void {
    this.#packer.release(message);
  }

  #wireValue(message: string, field: KeyTable, value: unknown): unknown {
    if (value === undefined || value === null) {
      if (field.nullable || field.optional) return null;
      if (field.type.kind === "list") return [];
      if (field.type.kind === "map") return {};
      if (field.type.kind !== "table") {
        throw new ParameterError(`${message} needs ${field.name}`, { path: field.name, type: String(value) });
      }
    }
    return toWire(field.type, value ?? {}, this.#profile);
  }

  #refuse(name: string): never {
    const why = this.#profile.unavailableMessages.get(name);
    const what = this.#role === "client" ? "request" : "response";
    if (why === undefined) throw new ConfigurationError(`${JSON.stringify(name)} is no ${what}`);
    throw new ConfigurationError(`${name} ${why}, this connection speaks ${this.#profile.version}`);
  }
}
