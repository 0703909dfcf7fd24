import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { choose } from "../src/choice.ts";
import { neo4jSupport } from "../src/index.ts";
import { javaProgram } from "../src/java.ts";
import { type Prepared, prepare } from "../src/prepare.ts";
import { jvmFlags, startServerProcess } from "../src/server-process.ts";
import { propertiesBlock, settingsFor } from "../src/settings.ts";
import { BoltProbe } from "./bolt-probe.ts";
import { isRunning } from "./processes.ts";

const support = await neo4jSupport();
const owner = fileURLToPath(new URL("./forgetful-owner.ts", import.meta.url));

describe.skipIf(!support.available)(`no orphans${support.available ? "" : ` (skipped: ${support.reason})`}`, () => {
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await prepare(await choose("auto", process.env), {});
  });

  it.each([
    ["is killed by SIGKILL", "stay"],
    ["is killed by SIGKILL while it restarts a server that has crashed", "restart"],
    ["ends without a stop", "leave"],
  ])("a server and its home go when their owner %s", async (_, manner) => {
    const parent = spawn(process.execPath, [owner, manner], { stdio: ["pipe", "pipe", "inherit"] });
    const exit = once(parent, "exit");
    const line = (await once(createInterface(parent.stdout), "line"))[0] as string;
    const { pid, home, port } = JSON.parse(line) as { pid: number; home: string; port: number };
    if (manner !== "leave") {
      const probe = await BoltProbe.open(port);
      expect(existsSync(home)).toBe(true);
      if (manner === "stay") parent.kill("SIGKILL");
      else parent.stdin.write("restart\n");
      // A crash is a reset.
      await probe.gone().catch((error: { code?: string }) => expect(error.code).toBe("ECONNRESET"));
      probe.close();
      if (manner === "restart") parent.kill("SIGKILL");
    }
    await exit;
    await vi.waitFor(
      () => expect({ running: isRunning(pid), home: existsSync(home) }).toEqual({ running: false, home: false }),
      20_000,
    );
  });

  it("a server whose owner dies while it starts goes at once", async () => {
    const { release, java, jar } = prepared;
    const child = spawn(javaProgram(java, "java"), ["-jar", jar], { stdio: ["pipe", "pipe", "ignore"] });
    const exit = once(child, "exit");
    child.stdin.write(propertiesBlock(settingsFor(release, 1, {})));
    const line = (await once(createInterface(child.stdout), "line"))[0] as string;
    expect(line).toMatch(/^HOME /);
    child.stdin.end();
    await exit;
    expect(existsSync(line.slice(5))).toBe(false);
  });

  it("a port that another program took is told apart from a failure, so that the next one is tried", async () => {
    const { release, java, jar, archive } = prepared;
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const started = await startServerProcess({
      java,
      jar,
      jvmFlags: jvmFlags(java, { fast: true, jit: "fast", heap: "1g", ...(archive === undefined ? {} : { archive }) }),
      input: propertiesBlock(settingsFor(release, port, {})),
      title: "Neo4j",
      startTimeout: 60_000,
      stopTimeout: 30_000,
      env: process.env,
      log: () => {},
    });
    taken.close();
    expect(started).toBeUndefined();
  });
});
