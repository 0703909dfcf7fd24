import type { Law } from "./law.ts";

/** There is one handshake, with four magic bytes, exactly four proposals and an HTTP answer of four bytes. */
export const handshake: Law = ({ handshakes }) => {
  if (handshakes.length !== 1) {
    return [
      `handshake: ${handshakes.length} messages carry the option; exactly one does (${handshakes.map(({ where }) => where).join(", ") || "none"})`,
    ];
  }
  return handshakes.flatMap(({ where, magic, proposals, http }) => [
    ...(magic.length === 4 ? [] : [`${where}: the magic has ${magic.length} bytes, not 4`]),
    ...(proposals.length === 4
      ? []
      : [`${where}: has ${proposals.length} proposals; exactly four are sent, an unused one is {}`]),
    ...(http.length === 4 ? [] : [`${where}: the answer of HTTP has ${http.length} bytes, not 4`]),
    ...proposals.flatMap(({ major, minor, range }) => {
      if (major > 0xff || minor > 0xff) return [`${where}: the proposal of ${major}.${minor} doesn't fit into bytes`];
      return range <= minor
        ? []
        : [`${where}: the proposal of ${major}.${minor} has range ${range}, which leaves the major version`];
    }),
  ]);
};
