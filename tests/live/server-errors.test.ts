/** A real server's errors: their classes, where in the query they are, and who is told; and the code of docs/errors.md. */
import {
  AuthError,
  auth,
  ClientError,
  ConstraintError,
  CypherSyntaxError,
  CypherTypeError,
  type Driver,
  driver,
  Forbidden,
} from "@fulgur/neo4j-driver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let db: Driver;

beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

async function failureOf(work: PromiseLike<unknown>): Promise<ClientError> {
  try {
    await work;
  } catch (error) {
    return error as ClientError;
  }
  throw new Error("nothing was thrown");
}

describe("docs/errors.md", () => {
  const blocks = documentedCode("errors.md");
  it("has code", () => expect(blocks).toHaveLength(3));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});

describe("a real server's error", () => {
  it("about what isn't Cypher has its place, with a caret under it (ERR-06)", async () => {
    await using session = db.session();
    const error = await failureOf(session.run("RETRUN 1"));
    expect(error).toBeInstanceOf(CypherSyntaxError);
    expect(error).toBeInstanceOf(ClientError);
    expect(error.position).toMatchObject({ line: 1, column: 1 });
    expect(error.message).toMatch(/RETRUN 1"?\n"? ?\^/);
    expect(error.stack).toContain("server-errors.test.ts");
  });

  it("about values of the wrong type (ERR-07)", async () => {
    await using session = db.session();
    const error = await failureOf(session.run("UNWIND [1] AS n RETURN n + $map", { map: { a: 1 } }));
    expect(error).toBeInstanceOf(CypherTypeError);
    expect(error.code).toBe("Neo.ClientError.Statement.TypeError");
  });

  it("about a constraint that is violated (ERR-08)", async () => {
    await using session = db.session();
    await session.run("CREATE CONSTRAINT fulgur_unique IF NOT EXISTS FOR (n:FulgurUnique) REQUIRE n.id IS UNIQUE");
    try {
      await session.run("CREATE (:FulgurUnique {id: 1})");
      const error = await failureOf(session.run("CREATE (:FulgurUnique {id: 1})"));
      expect(error).toBeInstanceOf(ConstraintError);
      expect(error.isRetryable()).toBe(false);
    } finally {
      await session.run("MATCH (n:FulgurUnique) DELETE n");
      await session.run("DROP CONSTRAINT fulgur_unique IF EXISTS");
    }
  });

  it("about a password names the server, and not the password (ERR-09)", async () => {
    await using stranger = driver(server.uri, auth.basic(server.username, "canary-c0de"));
    const error = await failureOf(stranger.verifyConnectivity());
    expect(error).toBeInstanceOf(AuthError);
    expect(error.message).toContain(new URL(server.uri).host);
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("canary-c0de");
  });

  it("about writing where only reading is allowed (ERR-11)", async () => {
    await using session = db.session();
    const error = await failureOf(session.executeRead((tx) => tx.run("CREATE (:FulgurForbidden)")));
    expect(error).toBeInstanceOf(ClientError);
    expect(error).not.toBeInstanceOf(Forbidden);
    expect(error.code).toBe("Neo.ClientError.Statement.AccessMode");
  });

  it("about a query's parameter says which is missing, and gives GQL's view of it (ERR-35)", async () => {
    await using session = db.session();
    const error = await failureOf(session.run("RETURN $missing"));
    expect(error.code).toBe("Neo.ClientError.Statement.ParameterMissing");
    expect(error.message).toContain("missing");
    expect(error.gqlStatus).toMatch(/^[0-9A-Z]{5}$/);
  });
});
