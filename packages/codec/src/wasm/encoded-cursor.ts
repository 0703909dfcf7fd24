import {
  FLOAT64,
  INT8,
  INT16,
  INT32,
  INT64,
  OPAQUE,
  RESERVED,
  SIZED_BYTES,
  SIZED_LIST,
  SIZED_MAP,
  SIZED_STRING,
  TINY_LIST,
  TINY_MAP,
  TINY_STRING,
  TINY_STRUCTURE,
} from "../marker-class.ts";
import type { Profile } from "../profile.ts";
import { text } from "../text.ts";

/** Thrown where the bytes teach nothing: malformed, or nested deeper than a plan would be. */
export class NothingToLearn extends Error {}

/** Passes over encoded values without making any; keys apart. */
export class EncodedCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  readonly #profile: Profile;
  #end = 0;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  /** Points it at `bytes[start]` up to, not including, `bytes[end]`. */
  reset(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.at === this.#end;
  }

  /** The class of the marker that comes next. */
  class(): number {
    if (this.at >= this.#end) throw new NothingToLearn();
    return this.#profile.markerClass[this.bytes[this.at]];
  }

  /** Reads a map's key. */
  key(): string {
    const markerClass = this.class();
    if (markerClass !== TINY_STRING && markerClass !== SIZED_STRING) throw new NothingToLearn();
    const size = this.head(TINY_STRING);
    const start = this.at;
    this.skipBytes(size);
    const key = text.decode(this.bytes, start, this.at);
    if (key === undefined) throw new NothingToLearn();
    return key;
  }

  /** Reads the head of a list: its size. */
  list(): number {
    const markerClass = this.class();
    if (markerClass !== TINY_LIST && markerClass !== SIZED_LIST) throw new NothingToLearn();
    return this.head(TINY_LIST);
  }

  /** Reads a head and gives its size, not more than the bytes that are left. */
  head(tiny: number): number {
    const marker = this.bytes[this.at];
    const payload = this.#profile.markerPayload[marker];
    let size = payload;
    const isTiny = this.class() === tiny;
    this.skipBytes(1);
    if (!isTiny) {
      const from = this.at;
      this.skipBytes(payload);
      size = 0;
      for (let i = from; i < this.at; i++) size = size * 256 + this.bytes[i];
    }
    if (size > this.#end - this.at) throw new NothingToLearn();
    return size;
  }

  skipBytes(count: number): void {
    if (count > this.#end - this.at) throw new NothingToLearn();
    this.at += count;
  }

  /** Passes over a value; `depth`: containers around it. */
  skip(depth: number): void {
    if (depth > 64) throw new NothingToLearn();
    const markerClass = this.class();
    switch (markerClass) {
      case RESERVED:
        throw new NothingToLearn();
      case TINY_STRING:
      case SIZED_STRING:
        this.skipBytes(this.head(TINY_STRING));
        break;
      case SIZED_BYTES:
        this.skipBytes(this.head(-1));
        break;
      case TINY_LIST:
      case SIZED_LIST: {
        const size = this.head(TINY_LIST);
        for (let i = 0; i < size; i++) this.skip(depth + 1);
        break;
      }
      case TINY_MAP:
      case SIZED_MAP: {
        const size = this.head(TINY_MAP);
        for (let i = 0; i < size; i++) {
          this.key();
          this.skip(depth + 1);
        }
        break;
      }
      case TINY_STRUCTURE: {
        const size = this.head(TINY_STRUCTURE);
        this.skipBytes(1);
        for (let i = 0; i < size; i++) this.skip(depth + 1);
        break;
      }
      case INT8:
      case INT16:
      case INT32:
      case INT64:
      case FLOAT64:
      case OPAQUE:
        this.skipBytes(1 + this.#fixedBytes(markerClass));
        break;
      default:
        this.skipBytes(1);
    }
  }

  #fixedBytes(markerClass: number): number {
    switch (markerClass) {
      case INT8:
        return 1;
      case INT16:
        return 2;
      case INT32:
        return 4;
      case OPAQUE:
        return this.#profile.markerPayload[this.bytes[this.at]];
      default:
        return 8;
    }
  }
}
