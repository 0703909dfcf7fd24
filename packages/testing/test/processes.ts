import { existsSync, readFileSync } from "node:fs";

/** Whether a process still runs; one that has ended and waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return process.platform !== "linux";
  return !/^\d+ \(.*\) Z/.test(readFileSync(stat, "utf8"));
}
