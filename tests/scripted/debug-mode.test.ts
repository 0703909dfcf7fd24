/** Debug mode: what is warned of that was not closed, and the server's remarks. In processes of their own, with a collector at hand. */
import { answering, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { runProgram } from "./process.ts";

const remark = {
  code: "Neo.ClientNotification.Statement.Hint",
  title: "A hint",
  description: "Have an index.",
  severity: "INFORMATION",
};
const conversation = answering(() => ({ fields: ["n"], records: [[1]], summary: { notifications: [remark] } }));

/** Leaves things unclosed as told, has them collected, and gives the warnings by code, message and place. */
async function warned(code: string, env: Record<string, string> = {}): Promise<string[]> {
  await using server = await startScriptedServer({ conversation, version: "5.4" });
  const program = `
    const uri = process.env.URI;
    process.on("warning", ({ name, code, message, detail }) => console.log([name, code, message, detail].join(" | ")));
    await (async function theMaker() { ${code} })();
    for (let turn = 0; turn < 20; turn++) {
      gc();
      await new Promise((resolve) => setImmediate(resolve));
    }
    process.exit();`;
  const flags = ["--expose-gc", "--no-warnings"];
  const { stdout } = await runProgram(program, { flags, env: { ...env, URI: server.uri } });
  return stdout.split("\n").filter((line) => line !== "");
}

const dropsBoth = 'const db = driver(uri, auth.none()); await db.session().run("RETURN 1").consume();';

describe("in debug mode", () => {
  it("a driver and a session that were dropped without being closed are warned of once (DRV-07, LOG-15)", async () => {
    const lines = await warned(dropsBoth, { NEO4J_DEBUG: "1" });
    const unclosed = lines.filter((line) => line.includes("NEO4J_UNCLOSED")).sort();
    expect(unclosed).toEqual([
      expect.stringMatching(/^ResourceWarning \| NEO4J_UNCLOSED \| A driver was .* \| made at theMaker \(/),
      expect.stringMatching(/^ResourceWarning \| NEO4J_UNCLOSED \| A session was .* \| made at theMaker \(/),
    ]);
  });

  it("nothing is said of what was closed (DRV-07)", async () => {
    const code = `{
      await using db = driver(uri, auth.none());
      const session = db.session();
      await session.run("RETURN 1").consume();
      await session.close();
    }`;
    const lines = await warned(code, { NEO4J_DEBUG: "1" });
    expect(lines.filter((line) => line.includes("NEO4J_UNCLOSED"))).toEqual([]);
  });

  it("all remarks of the server are raised; the variable or the option switches it on (LOG-19, DRV-33)", async () => {
    const closes = (config: string) =>
      `{ await using db = driver(uri, auth.none(), ${config}); await db.executeQuery("RETURN 1"); }`;
    const raised = ["Neo4jWarning | Neo.ClientNotification.Statement.Hint | Have an index."];
    const said = async (config: string, env: Record<string, string>) =>
      (await warned(closes(config), env)).map((line) => line.split(" | ").slice(0, 3).join(" | "));
    expect(await said("{}", { NEO4J_DEBUG: "1" })).toEqual(raised);
    expect(await said("{ debug: true }", {})).toEqual(raised);
    expect(await said("{ debug: false }", { NEO4J_DEBUG: "1" })).toEqual([]);
    expect(await said('{ debug: true, warnNotificationSeverity: "OFF" }', {})).toEqual([]);
  });
});

describe("without debug mode", () => {
  it("nothing is warned of (DRV-07, LOG-15, LOG-19)", async () => {
    expect(await warned(dropsBoth)).toEqual([]);
    expect(await warned(dropsBoth, { NEO4J_DEBUG: "" })).toEqual([]);
  });
});
