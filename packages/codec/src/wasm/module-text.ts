/**
 * The WebAssembly module is shipped as text, each byte as the UTF-16 unit of its number plus this, modulo 256. The bytes
 * that are frequent in WebAssembly become ASCII but for quotes, so that most take one byte in UTF-8 as well; and unlike
 * base64 it leaves compressors whole bytes to work with: it costs a third less in a bundle that is sent by gzip.
 */
export const shift = 35;

/** The bytes of such a text. */
export function bytesOfModule(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i) - shift;
  return bytes;
}
