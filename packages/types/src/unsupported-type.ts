import { inspect } from "./inspect.ts";
import { kind, kindOf } from "./kind.ts";

/** A Bolt version, such as 6.1. */
export interface ProtocolVersion {
  readonly major: number;
  readonly minor: number;
}

/** Stands for a value whose type the connection's Bolt version can't carry (Bolt 6.0 and later, MAP-18). It can't be sent. */
export class UnsupportedType {
  /** The type's Cypher name, such as `UUID`. */
  readonly name: string;
  /** The first Bolt version that carries it. */
  readonly minimumProtocolVersion: ProtocolVersion;
  /** What the server says about it; often absent. */
  readonly message: string | undefined;

  constructor(name: string, minimumProtocolVersion: ProtocolVersion, message?: string) {
    this.name = name;
    this.minimumProtocolVersion = minimumProtocolVersion;
    this.message = message;
  }

  get [kind](): "UnsupportedType" {
    return "UnsupportedType";
  }

  equals(other: unknown): boolean {
    if (kindOf(other) !== "UnsupportedType") return false;
    const that = other as UnsupportedType;
    return this.toString() === that.toString();
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return this.toString();
  }

  /** `UnsupportedType<UUID, needs Bolt 6.1>`. */
  toString(): string {
    const { major, minor } = this.minimumProtocolVersion;
    const message = this.message === undefined ? "" : `: ${this.message}`;
    return `UnsupportedType<${this.name}, needs Bolt ${major}.${minor}${message}>`;
  }

  toJSON(): { name: string; minimumProtocolVersion: ProtocolVersion; message?: string } {
    const { name, minimumProtocolVersion, message } = this;
    return message === undefined ? { name, minimumProtocolVersion } : { name, minimumProtocolVersion, message };
  }

  [inspect](): string {
    return this.toString();
  }
}
