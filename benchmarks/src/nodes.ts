import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A Node to measure. */
export interface NodeVersion {
  /** As `process.version` has it. */
  readonly version: string;
  /** The number before the first dot, by which results are kept. */
  readonly major: string;
  readonly command: string;
  /** Options to start it with. */
  readonly args: readonly string[];
}

const described = (version: string, command: string, args: readonly string[] = []): NodeVersion => ({
  version,
  major: version.slice(1).split(".")[0] as string,
  command,
  args,
});

/** Where the machine has another Node than the one that runs the bench: that one, which is what users have installed. */
function otherNode(): NodeVersion | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const command = join(folder, "node");
    if (folder.includes("node_modules") || !existsSync(command)) continue;
    const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
    const version = stdout?.trim();
    if (status === 0 && version !== process.version) return described(version, command);
  }
  return undefined;
}

/**
 * The Nodes to measure, oldest first: the machine's and the one that runs the bench.
 *
 * @param wanted majors, such as `20,24`; without it all that there are.
 */
export function nodes(wanted?: string): NodeVersion[] {
  const own = described(process.version, process.execPath, process.execArgv);
  const other = otherNode();
  const all = other === undefined ? [own] : [other, own];
  const majors = wanted?.split(",");
  return all
    .filter(({ major }) => majors === undefined || majors.includes(major))
    .sort((a, b) => Number(a.major) - Number(b.major));
}
