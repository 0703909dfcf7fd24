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

describe("the connection", () => {
  it("is the environment's, and flags count more", async () => {
    expect(await settings({})).toEqual({
      NEO4J_URI: "bolt://env",
      NEO4J_USERNAME: "eve",
      NEO4J_PASSWORD: "env-secret",
      NEO4J_DATABASE: undefined,
    });
    expect(await settings({ uri: "bolt://flag", database: "d" })).toMatchObject({
      NEO4J_URI: "bolt://flag",
      NEO4J_DATABASE: "d",
    });
  });

  it("is a file's alone where one is named: no password of the environment goes to its server", async () => {
    const connection = await file(
      "aura.env",
      "# Aura\nNEO4J_URI=neo4j+s://x\nNEO4J_USERNAME='ada'\nAURA_INSTANCEID=1\n",
    );
    await expect(settings({ connection })).rejects.toThrow(/no password for the user ada/);
    expect(await settings({ connection }, environment, "", "typed")).toMatchObject({
      NEO4J_URI: "neo4j+s://x",
      NEO4J_USERNAME: "ada",
      NEO4J_PASSWORD: "typed",
    });
  });

  it("takes a password from a file's first line, or from standard input", async () => {
    const passwordFile = await file("password", "\u{feff}of the file \r\nmore\n");
    expect(await settings({ "password-file": passwordFile })).toMatchObject({ NEO4J_PASSWORD: "of the file " });
    expect(await settings({ "password-file": "-" }, environment, "piped\n")).toMatchObject({ NEO4J_PASSWORD: "piped" });
  });

  it("needs no user", async () => {
    expect(await settings({}, { NEO4J_URI: "bolt://x", NEO4J_USERNAME: "" })).toMatchObject({ NEO4J_URI: "bolt://x" });
  });

  it("is refused where something is missing, by the name of what is missing", async () => {
    await expect(settings({}, {})).rejects.toThrow("No server is named: give --uri, --connection or NEO4J_URI.");
    await expect(settings({ connection: join(folder, "none") })).rejects.toThrow(
      /none can't be read: there is no such file/,
    );
    await expect(settings({ "password-file": folder })).rejects.toThrow(/can't be read: it is a folder/);
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
