import { EventEmitter } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askPassword, type Keyboard } from "../../src/command/connection/ask-password.ts";
import type { ConnectionFlags } from "../../src/command/connection/flags.ts";
import { connectionSettings } from "../../src/command/connection/settings.ts";
import { UsageError } from "../../src/command/failure.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fulgur-connection-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const environment = { NEO4J_URI: "bolt://env", NEO4J_USERNAME: "eve", NEO4J_PASSWORD: "env-secret", OTHER: "x" };

function settings(flags: ConnectionFlags, env: NodeJS.ProcessEnv = environment, stdin = "", asked?: string) {
  return connectionSettings(flags, {
    env,
    readStandardInput: async () => stdin,
    askPassword: asked === undefined ? undefined : async () => asked,
  });
}

const basic = (username: string, secret: string) => ({ scheme: "basic", username, secret });

describe("the connection", () => {
  it("is the environment's, and flags count more", async () => {
    expect(await settings({})).toEqual({
      uri: "bolt://env",
      database: undefined,
      authority: undefined,
      credentials: basic("eve", "env-secret"),
    });
    expect(await settings({ uri: "bolt://flag", database: "d", ca: "ca.pem", username: "ada" })).toEqual({
      uri: "bolt://flag",
      database: "d",
      authority: "ca.pem",
      credentials: basic("ada", "env-secret"),
    });
  });

  it("is a file's alone where one is named: no password of the environment goes to its server", async () => {
    const connection = await file(
      "aura.env",
      "\u{feff}NEO4J_URI=neo4j+s://x\n# Aura\nNEO4J_USERNAME='ada'\nAURA_INSTANCEID=1\n",
    );
    await expect(settings({ connection })).rejects.toThrow(/no password for the user ada/);
    const token = { ...environment, NEO4J_BEARER_TOKEN: "t", NEO4J_CA: "/other.pem" };
    expect(await settings({ connection }, token, "", "typed")).toMatchObject({
      uri: "neo4j+s://x",
      authority: undefined,
      credentials: basic("ada", "typed"),
    });
  });

  it("trusts the authorities of a file, which a connection file names from its own folder, or of PEM text", async () => {
    const named = async (value: string) => {
      const connection = await file("ca.env", `NEO4J_URI=bolt://x\nNEO4J_CA="${value}"\n`);
      return (await settings({ connection })).authority;
    };
    expect(await named("certificates/ca.pem")).toBe(join(folder, "certificates", "ca.pem"));
    expect(await named("/etc/ca.pem")).toBe("/etc/ca.pem");
    expect(await named("-----BEGIN CERTIFICATE-----\nx")).toBe("-----BEGIN CERTIFICATE-----\nx");
    expect((await settings({}, { ...environment, NEO4J_CA: "ca.pem" })).authority).toBe("ca.pem");
  });

  it("takes a password from a file's first line, or from standard input", async () => {
    const passwordFile = await file("password", "\u{feff}of the file \r\nmore\n");
    expect(await settings({ "password-file": passwordFile })).toMatchObject({
      credentials: basic("eve", "of the file "),
    });
    expect(await settings({ "password-file": "-" }, environment, "piped\n")).toMatchObject({
      credentials: basic("eve", "piped"),
    });
  });

  it("takes a token or a ticket from a file, which may change, from standard input or a variable", async () => {
    const token = await file("token", "abc.def\n");
    expect((await settings({ "bearer-token-file": token })).credentials).toEqual({
      scheme: "bearer",
      secret: "abc.def",
      file: token,
    });
    expect((await settings({ "kerberos-ticket-file": "-" }, environment, "dGlja2V0\n")).credentials).toEqual({
      scheme: "kerberos",
      secret: "dGlja2V0",
      file: undefined,
    });
    const given = { NEO4J_URI: "bolt://x", NEO4J_USERNAME: "eve" };
    expect((await settings({}, { ...given, NEO4J_BEARER_TOKEN: "t" })).credentials).toEqual({
      scheme: "bearer",
      secret: "t",
    });
    expect((await settings({}, { ...given, NEO4J_KERBEROS_TICKET: "t" })).credentials).toEqual({
      scheme: "kerberos",
      secret: "t",
    });
    // A flag says who one is in the place of what the environment says.
    const both = { ...environment, NEO4J_PASSWORD: "", NEO4J_BEARER_TOKEN: "t" };
    expect((await settings({ username: "ada" }, both, "", "typed")).credentials).toEqual(basic("ada", "typed"));
  });

  it.each([
    [{ "bearer-token-file": "t", "password-file": "p" }, {}, "--bearer-token-file and --password-file"],
    [{ "bearer-token-file": "t", "kerberos-ticket-file": "k" }, {}, "--bearer-token-file and --kerberos-ticket-file"],
    [{ "kerberos-ticket-file": "k", username: "eve" }, {}, "--kerberos-ticket-file and --username"],
    [{}, { NEO4J_BEARER_TOKEN: "hunter2" }, "NEO4J_PASSWORD and NEO4J_BEARER_TOKEN"],
  ])("is refused where it is said twice who one is: %j %j", async (flags, more, names) => {
    const refused = settings(flags, { ...environment, ...more });
    await expect(refused).rejects.toThrow(new UsageError(`Only one of ${names} can say who you are.`));
  });

  it("needs no user", async () => {
    expect((await settings({}, { NEO4J_URI: "bolt://x", NEO4J_USERNAME: "" })).credentials).toEqual({ scheme: "none" });
  });

  it("is refused where something is missing, by the name of what is missing", async () => {
    await expect(settings({}, {})).rejects.toThrow("No server is named: give --uri, --connection or NEO4J_URI.");
    const databaseOnly = await file("database.env", "NEO4J_DATABASE=x\n");
    await expect(settings({ connection: databaseOnly })).rejects.toThrow(/\(.*database\.env has no NEO4J_URI\)/);
    await expect(settings({ connection: join(folder, "none") })).rejects.toThrow(
      /none can't be read: there is no such file/,
    );
    await expect(settings({ "password-file": folder })).rejects.toThrow(/The password file .* it is a folder/);
    await expect(settings({ "bearer-token-file": folder })).rejects.toThrow(/The token file .* it is a folder/);
    const json = await file("x.json", '{"password": "hunter2"}');
    await expect(settings({ connection: json })).rejects.toThrow(/none of NEO4J_URI/);
    await expect(settings({ connection: json })).rejects.not.toThrow(/hunter2/);
    await expect(settings({ "password-file": await file("empty", "\nx") })).rejects.toThrow(/holds no password/);
    const noUser = settings({}, { NEO4J_URI: "bolt://x", NEO4J_PASSWORD: "hunter2" });
    await expect(noUser).rejects.toBeInstanceOf(UsageError);
    await expect(noUser).rejects.not.toThrow(/hunter2/);
  });
});

/** A terminal on which somebody types. */
class Typist extends EventEmitter implements Keyboard {
  raw: boolean[] = [];
  setRawMode(raw: boolean) {
    this.raw.push(raw);
  }
  resume() {}
  pause() {}
  type(text: string) {
    for (const byte of new TextEncoder().encode(text)) this.emit("data", Uint8Array.of(byte));
  }
}

describe("asking for a password", () => {
  function ask(): { typist: Typist; answer: Promise<string>; shown: string[] } {
    const typist = new Typist();
    const shown: string[] = [];
    return {
      typist,
      shown,
      answer: askPassword("Password: ", typist, {
        write: (text) => shown.push(`${typist.raw.at(-1) ? "hidden" : "open"}: ${text}`),
      }),
    };
  }

  it("shows nothing of it, and knows backspace", async () => {
    const { typist, answer, shown } = ask();
    typist.type("wrong\u0015pässx\u007fwört\r");
    expect(await answer).toBe("pässwört");
    // The keyboard is silent before it is asked, so that nothing that is pasted early is seen.
    expect(shown).toEqual(["hidden: Password: ", "open: \n"]);
    expect(typist.raw).toEqual([true, false]);
    expect(typist.listenerCount("data")).toBe(0);
  });

  it.each(["\u0003", "\u0004"])("ends at %j, and the terminal is as it was", async (key) => {
    const { typist, answer } = ask();
    typist.type(`half${key}`);
    await expect(answer).rejects.toMatchObject({ exitCode: 130 });
    expect(typist.raw).toEqual([true, false]);
  });
});
