import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { answering, type ScriptedPeer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Runs a module in a process of its own; rejects if that does not end with 0, or not by itself. */
async function run(code: string, uri: string): Promise<string> {
  const script = `import { auth, driver } from "@fulgur/neo4j-driver";\nconst db = driver(process.env.URI, auth.none());\n${code}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@fulgur/source", "--input-type=module", "--eval", script],
    { cwd: here, env: { ...process.env, URI: uri }, timeout: 20_000 },
  );
  return stdout;
}

const conversation = answering(() => ({ fields: ["n"], records: [[1], [2]] }));

describe("a process that uses the driver", () => {
  it.each([
    ["closed the driver", 'await db.executeQuery("RETURN 1"); await db.close(); console.log("end");'],
    ["did not close the driver", 'await db.executeQuery("RETURN 1"); console.log("end");'],
    [
      "left a transaction and a result open",
      `const session = db.session({ fetchSize: 1 });
       const tx = await session.beginTransaction();
       for await (const record of tx.run("RETURN 1")) { void record; break; }
       console.log("end");`,
    ],
  ])("ends by itself when it %s (DRV-04)", async (_, code) => {
    await using server = await startScriptedServer({ conversation });
    expect(await run(code, server.uri)).toBe("end\n");
  });

  it("ends by itself, too, when the server has said how long it may be silent (DRV-37)", async () => {
    const hints = { "connection.recv_timeout_seconds": 600 };
    const hinting = async (peer: ScriptedPeer) => {
      await peer.login({ hints });
      await peer.result({ fields: ["n"], records: [[1]] });
      await peer.closed();
    };
    await using server = await startScriptedServer({ conversation: hinting, version: "5.8" });
    expect(await run('await db.session().run("RETURN 1"); console.log("end");', server.uri)).toBe("end\n");
  });

  it("ends by itself when it limited and cancelled its calls: no timer is left (ASY-06)", async () => {
    await using server = await startScriptedServer({ conversation });
    const code = `
      const config = { totalTimeout: 600_000, signal: new AbortController().signal };
      await db.executeQuery("RETURN 1", {}, config);
      await db.session().executeRead((tx) => tx.run("RETURN 1"), config);
      const abort = new AbortController();
      const cancelled = db.session({ fetchSize: 1 }).run("RETURN 1", {}, { totalTimeout: 600_000, signal: abort.signal });
      await cancelled.keys();
      abort.abort("enough");
      console.log(await cancelled.rows().catch((reason) => reason));`;
    expect(await run(code, server.uri)).toBe("enough\n");
  });

  it("holds no socket and no timer once a driver whose verification failed is closed (DRV-04, DRV-38)", async () => {
    await using server = await startScriptedServer({ conversation });
    const code = `
      const handles = () => process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|Connect/.test(name));
      const dead = driver("bolt://127.0.0.1:1", auth.none());
      const failed = await dead.verifyConnectivity().then(() => "", (error) => error.name);
      await db.executeQuery("RETURN 1");
      await Promise.all([dead.close(), db.close()]);
      await new Promise(setImmediate);
      console.log(JSON.stringify({ failed, left: handles() }));`;
    expect(JSON.parse(await run(code, server.uri))).toEqual({ failed: "ServiceUnavailable", left: [] });
  });

  it("stays alive while an answer is awaited", async () => {
    await using server = await startScriptedServer({ conversation });
    const code = 'db.executeQuery("RETURN 1").then(({ records }) => console.log(records.length));';
    expect(await run(code, server.uri)).toBe("2\n");
  });
});
