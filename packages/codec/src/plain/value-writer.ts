import type { Profile } from "../profile.ts";
import { Packer } from "./packer.ts";
import { parameterErrorOf, type RowWriter, Writer } from "./writer.ts";

/** Encodes single values, of every type that the version has. */
export class ValueWriter {
  readonly #packer = new Packer();
  readonly #writer: Writer;

  /** @param rows writes long lists of maps, where an engine has a faster way. */
  constructor(profile: Profile, rows?: RowWriter) {
    this.#writer = new Writer(profile, this.#packer, "any", rows);
  }

  /** @throws ParameterError for a value that can't be sent. */
  write(value: unknown): Uint8Array {
    this.#packer.beginValue();
    this.#writer.reset();
    try {
      this.#writer.any(value);
      return this.#packer.takeValue();
    } catch (error) {
      this.#packer.drop();
      throw parameterErrorOf(error, "");
    }
  }
}
