import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cacheFolder, provide } from "../src/cache.ts";

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fulgur-cache-"));
  target = join(folder, "thing");
});
afterEach(() => rmSync(folder, { recursive: true }));

const deadPid = spawnSync(process.execPath, ["--version"]).pid;

describe("the cache", () => {
  it("makes a thing once, also when it is asked for twice at a time", async () => {
    let made = 0;
    const make = async (draft: string) => {
      made++;
      await writeFile(draft, "content");
    };
    await Promise.all([provide(target, make), provide(target, make)]);
    await provide(target, make);
    expect(made).toBe(1);
    expect(readFileSync(target, "utf8")).toBe("content");
    expect(readdirSync(folder)).toEqual(["thing"]);
  });

  it("holds nothing of a failed making, so that the next try starts afresh", async () => {
    const failing = provide(target, async (draft) => {
      await writeFile(draft, "half");
      throw new Error("the network is gone");
    });
    await expect(failing).rejects.toThrow("the network is gone");
    expect(readdirSync(folder)).toEqual([]);
    await provide(target, (draft) => writeFile(draft, "whole"));
    expect(readFileSync(target, "utf8")).toBe("whole");
  });

  it("clears what a killed process left: its lock and its draft", async () => {
    writeFileSync(`${target}.lock`, String(deadPid));
    mkdirSync(`${target}.draft-${deadPid}-0123abcd`);
    await provide(target, (draft) => writeFile(draft, "content"));
    expect(readdirSync(folder)).toEqual(["thing"]);
  });

  it("waits for another process that is making the thing", async () => {
    // This process's id stands for a living owner of the lock.
    writeFileSync(`${target}.lock`, String(process.pid));
    let settled = false;
    const waiting = provide(target, () => Promise.reject(new Error("made twice"))).finally(() => {
      settled = true;
    });
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    writeFileSync(target, "the other's");
    rmSync(`${target}.lock`);
    expect(await waiting).toBe(target);
  });

  it("is where FULGUR_CACHE says, else in the system's cache folder", () => {
    expect(cacheFolder({ FULGUR_CACHE: "/x", XDG_CACHE_HOME: "/y" })).toBe("/x");
    expect(cacheFolder({ XDG_CACHE_HOME: "/y" })).toBe(join("/y", "fulgur"));
    expect(cacheFolder({})).toMatch(/fulgur/);
  });
});
