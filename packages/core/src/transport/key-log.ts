import { appendFile } from "node:fs";
import type { TLSSocket } from "node:tls";
import { environmentVariable } from "./host.ts";

/** Where the environment has SSLKEYLOGFILE, the keys of a connection go there: so tools such as Wireshark can read it. (TLS-14) */
export function logKeys(socket: TLSSocket): void {
  const file = environmentVariable("SSLKEYLOGFILE");
  if (file === undefined) return;
  // A log that can't be written is no reason to have no connection.
  socket.on("keylog", (line: Uint8Array) => appendFile(file, line, { mode: 0o600 }, () => {}));
}
