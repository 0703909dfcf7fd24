/** What each kind of token is on the wire, and that no secret is anywhere else. */
import { inspect } from "node:util";
import { boltVersions } from "@fulgur/neo4j-core";
import {
  AuthError,
  type AuthToken,
  auth,
  authTokenManagers,
  type DriverAuth,
  driver,
  expiringAuth,
} from "@fulgur/neo4j-driver";
import { type ScriptedPeer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf } from "./play.ts";

type Version = (typeof boltVersions)[number];
const secret = "secret-5d1f";
const isOld = (version: string) => Number(version.replace(".", "0")) < 501;

/** HELLO, and LOGON where the version has it; gives what the client says about who it is. */
async function loginOf(peer: ScriptedPeer): Promise<unknown> {
  const hello = await peer.receive("HELLO");
  peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
  if (!isOld(peer.version)) return (await peer.accept("LOGON")).auth;
  return hello.extra.auth;
}

/** What a driver's auth is on the wire, where a query runs. */
async function onTheWire(given: DriverAuth | null | undefined, version: Version) {
  let seen: unknown;
  await using server = await startScriptedServer({
    version,
    conversation: async (peer) => {
      seen = await loginOf(peer);
      await peer.result();
      await peer.closed();
    },
  });
  const db = driver(server.uri, given);
  await db.session().run("RETURN 1");
  await db.close();
  await server.finished();
  return seen;
}

type Sent = [what: string, given: DriverAuth | null | undefined, sent: object];

async function isSent(given: DriverAuth | null | undefined, version: Version, sent: object): Promise<void> {
  expect(await onTheWire(given, version)).toEqual(sent);
}

describe.each(boltVersions)("with Bolt %s the login carries", (version) => {
  it.each<Sent>([
    ["auth.basic", auth.basic("ann", secret), { scheme: "basic", principal: "ann", credentials: secret }],
    [
      "auth.basic with a realm, such as LDAP's,",
      auth.basic("ann", secret, "ldap"),
      { scheme: "basic", principal: "ann", credentials: secret, realm: "ldap" },
    ],
  ])("of %s exactly these keys (AUTH-01, AUTH-02, AUTH-05)", (_, given, sent) => isSent(given, version, sent));

  it.each<Sent>([
    ["no token", undefined, { scheme: "none" }],
    ["null", null, { scheme: "none" }],
    ["auth.none", auth.none(), { scheme: "none" }],
  ])("of %s that there is none (AUTH-03)", (_, given, sent) => isSent(given, version, sent));

  it.each<Sent>([
    ["auth.kerberos", auth.kerberos(secret), { scheme: "kerberos", principal: "", credentials: secret }],
    ["auth.bearer", auth.bearer(secret), { scheme: "bearer", credentials: secret }],
    [
      "auth.custom",
      auth.custom({
        principal: "ann",
        credentials: secret,
        realm: "r",
        scheme: "s",
        parameters: { a: "1", b: [true] },
      }),
      { scheme: "s", principal: "ann", credentials: secret, realm: "r", parameters: { a: "1", b: [true] } },
    ],
  ])("of %s exactly these keys (AUTH-06, AUTH-07, AUTH-08)", (_, given, sent) => isSent(given, version, sent));

  it("of a plain object what isn't empty (AUTH-04)", () =>
    isSent({ scheme: "s", principal: "", credentials: "", realm: "", parameters: {} }, version, {
      scheme: "s",
      principal: "",
    }));

  it.each<Sent>([
    ["a manager", authTokenManagers.static(auth.bearer(secret)), { scheme: "bearer", credentials: secret }],
    [
      "a function",
      async () => expiringAuth(auth.bearer(secret), { expiresIn: 60_000 }),
      { scheme: "bearer", credentials: secret },
    ],
  ])("what %s gives, without its end (AUTH-10, AUTH-17, AUTH-22)", (_, given, sent) => isSent(given, version, sent));
});

describe("a secret", () => {
  const tokens: [string, AuthToken][] = [
    ["a password", auth.basic("ann", secret)],
    ["a bearer token", auth.bearer(secret)],
    ["a ticket", auth.kerberos(secret)],
    ["credentials and parameters", auth.custom("ann", secret, "r", "s", { key: secret, other: 1 })],
  ];

  it.each(tokens)(
    "that is %s is in no line of the log and in no error, even where the server quotes it (AUTH-31)",
    async (_, token) => {
      for (const version of ["4.4", "5.0", "5.6", "6.1"] as const) {
        const lines: string[] = [];
        const logging = {
          level: "trace",
          logger: (_level: string, message: string, more?: unknown) => lines.push(message, inspect(more)),
        } as const;
        const refuse = async (peer: ScriptedPeer) => {
          await peer.receive("HELLO");
          if (!isOld(version)) {
            peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
            await peer.receive("LOGON");
          }
          const cause = {
            message: `nor ${secret}`,
            description: `error: ${secret}`,
            gqlStatus: "42NFF",
            diagnosticRecord: {},
          };
          peer.failure("Neo.ClientError.Security.Unauthorized", `I don't know ${secret}, and ${secret} neither.`, {
            cause,
          });
          await peer.closed();
        };
        await using server = await startScriptedServer({ version, conversation: refuse });
        const db = driver(server.uri, token, { logging });
        const error = await failureOf(db.executeQuery("RETURN 1"));
        expect(error).toBeInstanceOf(AuthError);
        expect(error.message).toContain("I don't know *****, and ***** neither.");
        const everything = [
          error.message,
          error.stack,
          JSON.stringify(error),
          inspect(error, { depth: 9, showHidden: true }),
          inspect(db, { depth: 9 }),
        ];
        await db.close();
        await server.finished();
        expect(lines.join("\n")).toContain("scheme");
        expect([...everything, ...lines].join("\n")).not.toContain(secret);
      }
    },
  );
});
