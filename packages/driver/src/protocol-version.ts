import { inspect } from "@fulgur/neo4j-types";

/** A version of the Bolt protocol, such as 6.1. */
export class ProtocolVersion {
  readonly major: number;
  readonly minor: number;

  constructor(major: number, minor: number) {
    this.major = major;
    this.minor = minor;
    Object.freeze(this);
  }

  /** @internal */
  static parse(text: string): ProtocolVersion {
    const [major = 0, minor = 0] = text.split(".").map(Number);
    return new ProtocolVersion(major, minor);
  }

  toString(): string {
    return `${this.major}.${this.minor}`;
  }

  [inspect](): string {
    return `ProtocolVersion(${this})`;
  }
}
