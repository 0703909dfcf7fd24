/** Whose signatures the system trusts, in a process of its own: only its environment says it. (TLS) */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "./process.ts";
import { authority, playTls } from "./tls-front.ts";

const folder = mkdtempSync(join(tmpdir(), "fulgur-system-"));
const bundle = join(folder, "bundle.pem");
writeFileSync(bundle, authority.certificate);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program with this environment says of a server whose certificate the authority has signed. */
function asked(env: Record<string, string>, scheme = "bolt+s"): Promise<string> {
  return playTls({}, async (_, front) => {
    const { stdout } = await runProgram(
      `await using db = driver("${scheme}://localhost:${front.port}", auth.none(), { maxTransactionRetryTime: 0 });
       console.log(await db.executeQuery("RETURN 1").then(() => "connected", (error) => error.message));`,
      { env },
    );
    return stdout.trim();
  });
}

describe("an authority that signed the server's certificate", () => {
  it.each(["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"])("is trusted when %s names it (TLS-03)", async (variable) => {
    expect(await asked({ [variable]: bundle })).toBe("connected");
  });

  it("isn't trusted otherwise (TLS-03)", async () => {
    expect(await asked({})).toMatch(/authority that isn't trusted here/);
  });
});

describe("the keys of connections", () => {
  it("are written where SSLKEYLOGFILE says, for tools that look into the traffic (TLS-14)", async () => {
    const log = join(folder, "keys.log");
    expect(await asked({ SSLKEYLOGFILE: log }, "bolt+ssc")).toBe("connected");
    expect(readFileSync(log, "latin1")).toMatch(/^(CLIENT|SERVER)_\w+ [0-9a-f]{64} [0-9a-f]+$/m);
  });
});
