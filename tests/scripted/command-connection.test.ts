/** How the command logs in otherwise than with a password, and whom it trusts. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answering, type ScriptedPeer, startScriptedServer } from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fulgur, startFulgur } from "../live/command/fulgur.ts";
import { authority, startTlsFront } from "./tls-front.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fulgur-command-connection-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const query = ["query", "RETURN 1 AS one", "--format", "csv"];
const [first, second] = ["token-4d1c", "token-77ab"];

async function hello(peer: ScriptedPeer): Promise<void> {
  await peer.receive("HELLO");
  peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
}

/** A server that logs one client in, and answers it; gives what the client said of itself. */
async function loginOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  let seen: unknown;
  await using server = await startScriptedServer({
    conversation: async (peer) => {
      await hello(peer);
      seen = (await peer.accept("LOGON")).auth;
      await peer.result({ fields: ["one"], records: [[1]] });
      await peer.closed();
    },
  });
  const { code, stdout, stderr } = await fulgur([...query, ...args], { env: { NEO4J_URI: server.uri, ...env } });
  expect([code, stdout], stderr).toEqual([0, "one\n1\n"]);
  return seen;
}

describe("the command", { timeout: 60_000 }, () => {
  it("logs in with a token or a ticket of a file or a variable (AUTH-06, AUTH-07)", async () => {
    const token = await file("token", `${first}\n`);
    const bearer = { scheme: "bearer", credentials: first };
    expect(await loginOf(["--bearer-token-file", token])).toEqual(bearer);
    expect(await loginOf([], { NEO4J_BEARER_TOKEN: first, NEO4J_USERNAME: "not asked for" })).toEqual(bearer);
    expect(await loginOf(["--kerberos-ticket-file", token])).toMatchObject({ scheme: "kerberos", credentials: first });
  });

  it("reads a token's file anew when the server says that it has expired, and shows none of them (AUTH-19)", async () => {
    const token = await file("changing", first);
    const seen: unknown[] = [];
    await using server = await startScriptedServer({
      conversation: async (peer) => {
        let isFailed = false;
        for (let request = await peer.receiveAny(); request !== undefined; request = await peer.receiveAny()) {
          if (request.type === "BEGIN") {
            isFailed = true;
            const isExpired = seen.at(-1) === first;
            if (isExpired) await writeFile(token, second);
            const [what, why] = isExpired
              ? ["Security.TokenExpired", `${first} is old`]
              : ["Statement.X", `${second} is enough`];
            peer.failure(`Neo.ClientError.${what}`, why);
            continue;
          }
          if (request.type === "LOGON") seen.push(request.auth.credentials);
          if (request.type === "RESET") isFailed = false;
          if (isFailed) peer.ignored();
          else peer.success(request.type === "HELLO" ? { server: "Neo4j/5.26.0", connection_id: "bolt-0" } : {});
        }
      },
    });
    const args = ["ingest", "-", "--format", "csv", "--query", "CREATE (n)", "--bearer-token-file", token, "--json"];
    const { code, stdout, stderr } = await fulgur(args, { env: { NEO4J_URI: server.uri }, input: "a\n1\n" });
    expect([code, [...new Set(seen)]], stderr).toEqual([1, [first, second]]);
    expect(stdout).toContain('"message":"**** is enough"');
    expect(stdout + stderr).not.toMatch(/token-/);
  });

  it("encrypts and trusts an authority that a flag, a variable or a connection file names, and no other (DRV-28)", async () => {
    await using bolt = await startScriptedServer({
      conversation: answering(() => ({ fields: ["one"], records: [[1]] })),
    });
    const { certificate: cert, key } = await authority.issue();
    await using front = await startTlsFront(bolt, { cert, key });
    const uri = `bolt://localhost:${front.port}`;
    const ca = await file("ca.pem", authority.certificate);
    const connection = await file("tls.env", `NEO4J_URI=${uri}\nNEO4J_CA=ca.pem\n`);
    for (const [args, env] of [
      [["--ca", ca, "--uri", uri], {}],
      [[], { NEO4J_URI: uri, NEO4J_CA: ca }],
      [["--connection", connection], {}],
    ] as const) {
      expect(await fulgur([...query, ...args], { env })).toMatchObject({ code: 0, stdout: "one\n1\n" });
    }
    expect(front.handshakes).toHaveLength(3);
    const { code, stderr } = await fulgur([...query, "--uri", uri.replace("bolt:", "bolt+s:")]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/certificate/)]);
  });

  it.each([
    ["export", "RETURN 1 AS one", "--to", "-", "--format=csv"],
    ["ingest", "-", "--format=csv", "--nodes=A"],
  ])("ends at Ctrl-C while a server keeps silent: %s", async (...args) => {
    let begin = () => {};
    const reached = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await using server = await startScriptedServer({
      conversation: async (peer) => {
        await peer.receive("HELLO");
        begin();
        await peer.closed();
      },
    });
    const running = startFulgur(args, { env: { NEO4J_URI: server.uri } });
    await reached;
    running.process.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: 130, stderr: expect.stringMatching(/fulgur: Interrupted\.\n$/) });
  });

  it.each([
    [["--ca", "none.pem"], /The file of authorities none\.pem can't be read: there is no such file\./],
    [["--ca", "."], /it is a folder/],
    [["--ca", import.meta.filename], /`trustedCertificates\[0\]`/],
    [["--ca", "ca.pem", "--uri", "neo4j+s://x"], /A URI with \+s or \+ssc says itself whom to trust/],
  ])("ends with 2 for %j, and reaches nobody", async (args, message) => {
    const { code, stderr } = await fulgur([...query, ...args], {
      env: args.includes("--uri") ? {} : { NEO4J_URI: "bolt://127.0.0.1:1" },
      cwd: folder,
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
