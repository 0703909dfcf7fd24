/** The code of the guides that need no real server, as it stands. */
import { answering, type ScriptedServer, startScriptedServer } from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "../live/documented-code.ts";

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer({
    conversation: answering((query) =>
      query.startsWith("RETRUN")
        ? { failure: "Neo.ClientError.Statement.SyntaxError", message: "What?" }
        : { fields: ["one"], records: [[1]] },
    ),
  });
});
afterAll(() => server?.stop());

describe.each([
  ["connecting.md", 4],
  ["ingest-files.md", 3],
  ["observability.md", 4],
  ["testing.md", 3],
] as const)("docs/%s", (page, count) => {
  const blocks = documentedCode(page);
  it("has code", () => expect(blocks).toHaveLength(count));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: "neo4j", NEO4J_PASSWORD: "secret" };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});
