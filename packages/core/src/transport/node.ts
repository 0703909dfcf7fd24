import { ownStream } from "./node-reach.ts";
import { StreamTransport } from "./node-stream.ts";
import { openTcp } from "./node-tcp.ts";
import { openTls } from "./node-tls.ts";
import type { OpenTransport } from "./transport.ts";

/** TCP or a stream of the user's, and TLS over it: the transport of Node, Deno and Bun. */
export const openTransport: OpenTransport = async (target) => {
  const { connect, tls, writeTimeout } = target;
  if (tls !== undefined) return openTls(target, tls);
  if (connect === undefined) return openTcp(target);
  const transport = new StreamTransport(await ownStream(target), writeTimeout);
  transport.watch();
  return transport;
};
