import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Longer than the slowest download: after it a waiting process says which lock it waits for. */
const lockTimeout = 20 * 60_000;

/** Where fetched jars stay: FULGUR_CACHE, else `fulgur` in the system's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env["FULGUR_CACHE"]) return env["FULGUR_CACHE"];
  if (env["XDG_CACHE_HOME"]) return join(env["XDG_CACHE_HOME"], "fulgur");
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Caches", "fulgur");
    case "win32":
      return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "fulgur", "cache");
    default:
      return join(homedir(), ".cache", "fulgur");
  }
}

const inThisProcess = new Map<string, Promise<string>>();

/**
 * Gives a cached file or folder, made once: `make` writes it under a draft's name, and only a finished draft gets the real one.
 * Two processes at once: the second waits for the first. The lock only saves work; the rename is what keeps the cache whole.
 */
export function provide(target: string, make: (draft: string) => Promise<void>): Promise<string> {
  const running = inThisProcess.get(target);
  if (running !== undefined) return running;
  const providing = provideLocked(target, make).finally(() => inThisProcess.delete(target));
  inThisProcess.set(target, providing);
  return providing;
}

async function provideLocked(target: string, make: (draft: string) => Promise<void>): Promise<string> {
  if (existsSync(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  const lock = `${target}.lock`;
  await takeLock(lock);
  const draft = `${target}.draft-${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    if (existsSync(target)) return target;
    await removeAbandonedDrafts(target);
    await make(draft);
    await rename(draft, target).catch((error: unknown) => {
      // Someone who took the lock for abandoned was faster, with the same content.
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(lock, { force: true });
  }
}

async function takeLock(lock: string): Promise<void> {
  const mine = `${lock}-${process.pid}-${randomUUID().slice(0, 8)}`;
  // Linking a written file makes the lock and its content appear at once.
  await writeFile(mine, String(process.pid));
  try {
    for (const start = Date.now(); Date.now() - start < lockTimeout; await pause(200)) {
      try {
        await link(mine, lock);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const owner = Number(await readFile(lock, "utf8").catch(() => String(process.pid)));
      if (!isAlive(owner)) await rm(lock, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
  throw new Error(
    `Another process holds ${lock} for more than ${lockTimeout / 60_000} minutes. If none does, delete that file.`,
  );
}

async function removeAbandonedDrafts(target: string): Promise<void> {
  const start = `${basename(target)}.draft-`;
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(start) || isAlive(Number.parseInt(name.slice(start.length), 10))) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
