import { openTcp } from "./node-tcp.ts";
import { openTls } from "./node-tls.ts";
import type { OpenTransport } from "./transport.ts";

/** TCP, or TLS over it: the transport of Node, Deno and Bun. */
export const openTransport: OpenTransport = async (target) =>
  target.tls === undefined ? openTcp(target) : openTls(target, target.tls);
