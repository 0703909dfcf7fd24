import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import {
  AuthError,
  auth,
  ConfigurationError,
  CypherSyntaxError,
  type Driver,
  DriverError,
  driver,
  ParameterError,
  ResultConsumedError,
  ServiceUnavailable,
} from "@fulgur/neo4j-driver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const failure = async (work: Promise<unknown>): Promise<Error & Record<string, unknown>> => {
  try {
    await work;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error("nothing was thrown");
};

describe("bad addresses", () => {
  it("refuses an unknown scheme by its name and lists the known ones", () => {
    expect(() => driver("http://localhost:7474", auth.none())).toThrow(ConfigurationError);
    expect(() => driver("http://localhost:7474", auth.none())).toThrow(/http.*neo4j/s);
  });

  it.each(["bolt://localhost:99999", "bolt://localhost:abc", "bolt://localhost:-1"])(
    "refuses the port of %s",
    (uri) => {
      expect(() => driver(uri, auth.none())).toThrow(ConfigurationError);
    },
  );

  it("names the address that nobody listens at, at once", async () => {
    const closed = createTcpServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await using lost = driver(`bolt://127.0.0.1:${port}`, auth.none());
    const error = await failure(lost.verifyConnectivity());
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toContain(`127.0.0.1:${port}`);
  });
});

describe("servers that are something else", () => {
  let http: HttpServer;
  let mute: TcpServer;
  beforeAll(async () => {
    http = createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
    mute = createTcpServer((socket) => socket.once("data", () => socket.end())).listen(0, "127.0.0.1");
    await Promise.all(
      [http, mute].map((one) => one.listening || new Promise((resolve) => one.once("listening", resolve))),
    );
  });
  afterAll(() => {
    http?.close();
    mute?.close();
  });

  it("says that a port speaks HTTP", async () => {
    await using other = driver(`bolt://127.0.0.1:${(http.address() as AddressInfo).port}`, auth.none());
    const error = await failure(other.executeQuery("RETURN 1"));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/HTTP/);
  });

  it("names a server that closes during the handshake", async () => {
    await using other = driver(`bolt://127.0.0.1:${(mute.address() as AddressInfo).port}`, auth.none(), {
      maxTransactionRetryTime: 0,
    });
    const error = await failure(other.executeQuery("RETURN 1"));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(/handshake/);
  });
});

describe("a wrong password", () => {
  it("is an AuthError that holds no password", async () => {
    await using wrong = driver(server.uri, auth.basic("neo4j", "not-the-password-9"));
    const error = await failure(wrong.executeQuery("RETURN 1"));
    expect(error).toBeInstanceOf(AuthError);
    expect(error.code).toBe("Neo.ClientError.Security.Unauthorized");
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain("not-the-password-9");
  });
});

describe("bad Cypher", () => {
  it("gives code, GQL status, line, column and a caret under the place", async () => {
    const error = await failure(db.executeQuery("MATCH (n)\nRETURN n.name AS name,\n  n.age AS"));
    expect(error).toBeInstanceOf(CypherSyntaxError);
    expect(error.code).toBe("Neo.ClientError.Statement.SyntaxError");
    expect(error.gqlStatus).toMatch(/^[0-9A-Z]{5}$/);
    expect(error.message).toMatch(/line 3, column \d+/);
    const lines = error.message.split("\n");
    const caret = lines.findIndex((line) => /^\s*\^\s*$/.test(line));
    expect(caret).toBeGreaterThan(0);
    expect(lines[caret - 1]).toContain("n.age AS");
    expect(lines[caret]?.indexOf("^")).toBeLessThanOrEqual((lines[caret - 1]?.length ?? 0) + 1);
  });
});

describe("bad parameters", () => {
  it("names the path and type of a value that can't be sent, never the value", async () => {
    const error = await failure(db.executeQuery("RETURN $a", { a: { b: [1, () => "secret"] } }));
    expect(error).toBeInstanceOf(ParameterError);
    expect(error.message).toContain("a.b[1]");
    expect(error.message).toContain("function");
    expect(error.message).not.toContain("secret");
    expect(error.path).toBeDefined();
  });

  it("refuses an integer out of range", async () => {
    const error = await failure(db.executeQuery("RETURN $n", { n: 2n ** 63n }));
    expect(error).toBeInstanceOf(ParameterError);
    expect(error.message).toMatch(/parameter n .*64 bits/);
  });

  it("leaves the connection usable", async () => {
    await failure(db.executeQuery("RETURN $n", { n: Symbol("no") }));
    expect((await db.executeQuery("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
  });
});

describe("results and drivers used wrongly", () => {
  it("refuses to iterate a result that was already read", async () => {
    await using session = db.session();
    const result = session.run("UNWIND [1, 2] AS n RETURN n");
    await result;
    const iterate = async () => {
      for await (const record of result) void record;
    };
    expect(await failure(iterate())).toBeInstanceOf(ResultConsumedError);
  });

  it("refuses a driver after close", async () => {
    const closed = driver(server.uri, auth.basic(server.username, server.password));
    await closed.close();
    const error = await failure(closed.executeQuery("RETURN 1"));
    expect(error).toBeInstanceOf(DriverError);
    expect(error.message).toMatch(/closed/);
  });

  it("does not make an unobserved failure an unhandled rejection", async () => {
    const seen: unknown[] = [];
    const listen = (reason: unknown) => seen.push(reason);
    process.on("unhandledRejection", listen);
    {
      await using session = db.session();
      session.run("THIS IS NOT CYPHER");
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listen);
    expect(seen).toEqual([]);
  });
});
