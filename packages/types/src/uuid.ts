import { inspect } from "./inspect.ts";
import { kind, kindOf } from "./kind.ts";

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Cypher's UUID: 128 bits (Bolt 6.1 and later, MAP-18). Any value is allowed; version and variant are not looked at. */
export class UUID {
  /** 16 bytes in the order of the text. Not copied: don't change them. */
  readonly bytes: Uint8Array;

  /** @throws RangeError unless there are 16 bytes. */
  constructor(bytes: Uint8Array) {
    // Not instanceof: the bytes may come from another realm.
    if (bytes?.[Symbol.toStringTag] !== "Uint8Array" || bytes.length !== 16) {
      throw new RangeError("a UUID has 16 bytes, in a Uint8Array");
    }
    this.bytes = bytes;
  }

  get [kind](): "UUID" {
    return "UUID";
  }

  /** @param text such as `00112233-4455-6677-8899-aabbccddeeff`, in either case. @throws RangeError for another form. */
  static fromString(text: string): UUID {
    if (typeof text !== "string" || !form.test(text)) {
      throw new RangeError("a UUID's text has the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx, in hexadecimal digits");
    }
    const digits = text.replaceAll("-", "");
    const bytes = new Uint8Array(16);
    for (let i = 0; i < 16; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
    return new UUID(bytes);
  }

  equals(other: unknown): boolean {
    return kindOf(other) === "UUID" && (other as UUID).bytes.every((byte, i) => byte === this.bytes[i]);
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return `UUID:${this}`;
  }

  /** Lower case, with hyphens. */
  toString(): string {
    let text = "";
    for (let i = 0; i < 16; i++) {
      if (i === 4 || i === 6 || i === 8 || i === 10) text += "-";
      text += (this.bytes[i] as number).toString(16).padStart(2, "0");
    }
    return text;
  }

  /** The text. */
  toJSON(): string {
    return this.toString();
  }

  [inspect](): string {
    return `UUID ${this}`;
  }
}
