/** Bytes as text, part by part. */
import { isUtf8 } from "node:buffer";
import { ConfigurationError } from "@fulgur/neo4j-driver";

export interface TextChunk {
  readonly text: string;
  /** Whether bytes in it were no characters of the encoding: there the text has U+FFFD. */
  readonly isDamaged: boolean;
}

/** @throws ConfigurationError for an encoding that there isn't */
export function checkEncoding(encoding: string | undefined): string {
  if (encoding === undefined || encoding === null) return "utf-8";
  try {
    return new TextDecoder(encoding).encoding;
  } catch (cause) {
    const allowed = "it must be the name of an encoding, such as utf-8, windows-1252 or utf-16le";
    throw new ConfigurationError(`The option \`encoding\` can't be used: ${allowed}.`, { option: "encoding", cause });
  }
}

/** Why a row with U+FFFD in a damaged text is rejected. */
export function damaged(encoding: string): string {
  return `it has bytes that are no ${encoding}; \`encoding\` says what the file is written in`;
}

/** A byte order mark at the beginning is left out; that of UTF-16 says what the encoding is. */
export async function* textChunks(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<TextChunk> {
  let decode: Decode | undefined;
  for await (const part of bytes) {
    let begun = part;
    if (decode === undefined) {
      const marked = markedEncoding(part);
      decode = decoderOf(marked?.encoding ?? encoding);
      begun = part.subarray(marked?.length ?? 0);
    }
    const chunk = decode(begun, false);
    if (chunk.text !== "") yield chunk;
  }
  const last = decode?.(new Uint8Array(), true);
  if (last !== undefined && last.text !== "") yield last;
}

type Decode = (part: Uint8Array, isLast: boolean) => TextChunk;

function markedEncoding([a, b, c]: Uint8Array): { readonly encoding: string; readonly length: number } | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}

function decoderOf(encoding: string): Decode {
  if (encoding === "utf-8") return utf8Decoder();
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (part, isLast) => {
    const text = decoder.decode(part, { stream: !isLast });
    return { text, isDamaged: text.includes("\ufffd") };
  };
}

/** Whole characters are checked and decoded at once, which is several times faster than a TextDecoder's stream. */
function utf8Decoder(): Decode {
  let rest: Uint8Array = new Uint8Array();
  return (part, isLast) => {
    const all =
      rest.length === 0
        ? Buffer.from(part.buffer, part.byteOffset, part.length)
        : Buffer.concat([rest, part], rest.length + part.length);
    const end = isLast ? all.length : wholeCharacters(all);
    rest = all.subarray(end);
    const whole = all.subarray(0, end);
    return { text: whole.toString("utf8"), isDamaged: !isUtf8(whole) };
  };
}

/** How many of the bytes are before a character that is begun at their end. */
function wholeCharacters(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] as number;
    if (byte < 0x80) return length;
    if (byte < 0xc0) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return size > back ? length - back : length;
  }
  return length;
}
