import { longestShortAscii, shortAscii } from "./short-ascii.ts";

/**
 * Strings and their UTF-8 bytes, strictly: what isn't UTF-8 is refused, never replaced. The only file that may touch
 * `globalThis.Buffer`, whose slices are several times faster than TextDecoder on short strings.
 */

interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}
interface Utf8Encoder {
  encodeInto(text: string, into: Uint8Array): { readonly written: number };
}
declare const TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Utf8Decoder;
declare const TextEncoder: new () => Utf8Encoder;

/** The undocumented but old and stable methods of Node's Buffer that work on any Uint8Array. */
interface BufferMethods {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
  ucs2Slice(this: Uint8Array, start: number, end: number): string;
  utf8Slice(this: Uint8Array, start: number, end: number): string;
  utf8Write(this: Uint8Array, text: string, offset: number, length: number): number;
}

/** How this runtime turns bytes into strings and back. */
export interface Text {
  /** The string of valid UTF-8 bytes; `undefined` if they aren't. */
  decode(bytes: Uint8Array, start: number, end: number): string | undefined;
  /**
   * Writes a string; there must be room for three bytes per UTF-16 unit.
   *
   * @returns the number of bytes written; -1 if the string has a lone surrogate, which UTF-8 can't carry.
   */
  encode(text: string, into: Uint8Array, at: number): number;
  /** The string of bytes 0 to 255, one unit each. */
  latin1(bytes: Uint8Array, start: number, end: number): string;
  /** One unit a byte, as {@link latin1}, but what a byte beyond ASCII becomes is open: faster without Buffer. */
  ascii(bytes: Uint8Array, start: number, end: number): string;
  /** The string of well-formed UTF-16, low byte first. */
  utf16(bytes: Uint8Array, start: number, end: number): string;
}

/** Strings this short are cheaper to write in JavaScript, unit by unit. */
const shortWrite = 40;

/**
 * Picks the fastest ways.
 *
 * @param buffer Buffer's prototype, where there is one; without it TextDecoder and TextEncoder do the work.
 */
export function createText(buffer: BufferMethods | undefined): Text {
  const long = buffer === undefined ? decodeByTextDecoder() : decodeByBuffer(buffer);
  const write = buffer === undefined ? encodeByTextEncoder() : encodeByBuffer(buffer);
  return {
    decode(bytes, start, end) {
      const length = end - start;
      if (length <= longestShortAscii) {
        const text = shortAscii(bytes, start, length);
        if (text !== undefined) return text;
      }
      return long(bytes, start, end);
    },
    encode(text, into, at) {
      if (text.length <= shortWrite) return encodeShort(text, into, at);
      return isWellFormed(text) ? write(text, into, at) : -1;
    },
    ascii:
      buffer === undefined ? asciiByTextDecoder() : (bytes, start, end) => buffer.latin1Slice.call(bytes, start, end),
    utf16:
      buffer === undefined ? utf16ByTextDecoder() : (bytes, start, end) => buffer.ucs2Slice.call(bytes, start, end),
    latin1:
      buffer === undefined ? latin1ByCharCodes : (bytes, start, end) => buffer.latin1Slice.call(bytes, start, end),
  };
}

function decodeByBuffer(buffer: BufferMethods): (bytes: Uint8Array, start: number, end: number) => string | undefined {
  return (bytes, start, end) => {
    const text = buffer.utf8Slice.call(bytes, start, end);
    // Buffer replaces what is invalid by U+FFFD; only where one is seen it matters whether it was there before.
    return text.includes("\ufffd") && firstInvalidUtf8(bytes, start, end) !== -1 ? undefined : text;
  };
}

function decodeByTextDecoder(): (bytes: Uint8Array, start: number, end: number) => string | undefined {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return (bytes, start, end) => {
    try {
      return decoder.decode(bytes.subarray(start, end));
    } catch {
      return undefined;
    }
  };
}

function encodeByBuffer(buffer: BufferMethods): (text: string, into: Uint8Array, at: number) => number {
  return (text, into, at) => buffer.utf8Write.call(into, text, at, into.length - at);
}

function encodeByTextEncoder(): (text: string, into: Uint8Array, at: number) => number {
  const encoder = new TextEncoder();
  return (text, into, at) => encoder.encodeInto(text, into.subarray(at)).written;
}

function asciiByTextDecoder(): (bytes: Uint8Array, start: number, end: number) => string {
  // By this name the standard means windows-1252, which differs from true Latin-1 in some bytes beyond ASCII.
  const decoder = new TextDecoder("latin1", { fatal: false, ignoreBOM: true });
  return (bytes, start, end) => decoder.decode(bytes.subarray(start, end));
}

function utf16ByTextDecoder(): (bytes: Uint8Array, start: number, end: number) => string {
  const decoder = new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true });
  return (bytes, start, end) => decoder.decode(bytes.subarray(start, end));
}

function latin1ByCharCodes(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 4096)));
  }
  return text;
}

function encodeShort(text: string, into: Uint8Array, start: number): number {
  let at = start;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (unit < 0x80) {
      into[at++] = unit;
      continue;
    }
    if (unit < 0x800) {
      into[at++] = 0xc0 | (unit >> 6);
    } else {
      if (unit >= 0xd800 && unit < 0xe000) {
        const low = unit < 0xdc00 ? text.charCodeAt(++i) : 0;
        if (!(low >= 0xdc00 && low < 0xe000)) return -1;
        unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
        into[at++] = 0xf0 | (unit >> 18);
        into[at++] = 0x80 | ((unit >> 12) & 0x3f);
      } else {
        into[at++] = 0xe0 | (unit >> 12);
      }
      into[at++] = 0x80 | ((unit >> 6) & 0x3f);
    }
    into[at++] = 0x80 | (unit & 0x3f);
  }
  return at - start;
}

/**
 * The offset of the first byte that doesn't begin or continue well-formed UTF-8 (a truncated or overlong sequence, a
 * surrogate, beyond U+10FFFF): the first byte of the bad sequence. -1 if all is well.
 */
export function firstInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    if (more === 0 || at + more >= end) return at;
    const second = bytes[at + 1] as number;
    const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return at;
    for (let i = 2; i <= more; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) return at;
    at += more + 1;
  }
  return -1;
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a string has no lone surrogate, so that UTF-8 can carry it. */
export const isWellFormed: (text: string) => boolean =
  "isWellFormed" in String.prototype
    ? (text) => (text as string & { isWellFormed(): boolean }).isWellFormed()
    : (text) => !loneSurrogate.test(text);

function findBufferMethods(): BufferMethods | undefined {
  const { Buffer: found } = globalThis as { Buffer?: { readonly prototype: Partial<BufferMethods> } };
  const methods = found?.prototype;
  if (
    methods?.latin1Slice === undefined ||
    methods.ucs2Slice === undefined ||
    methods.utf8Slice === undefined ||
    methods.utf8Write === undefined
  )
    return undefined;
  const complete = methods as BufferMethods;
  try {
    const probe = new Uint8Array(8);
    const written = complete.utf8Write.call(probe, "\u00e9!", 1, 7);
    if (written === 3 && complete.utf8Slice.call(probe, 1, 4) === "\u00e9!") return complete;
  } catch {
    // A Buffer look-alike whose methods want a true Buffer: the standard way will do.
  }
  return undefined;
}

/** What this runtime does best. */
export const text: Text = /* @__PURE__ */ createText(/* @__PURE__ */ findBufferMethods());
