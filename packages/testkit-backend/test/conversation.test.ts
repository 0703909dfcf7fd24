import { describe, expect, it } from "vitest";
import { Conversation } from "../src/conversation.ts";
import type { Framed } from "../src/framing.ts";

function talk() {
  const answers: Framed[] = [];
  const conversation = new Conversation((answer) => answers.push(answer));
  const ask = async (name: string, data: object = {}): Promise<Framed> => {
    await conversation.handle({ name, data });
    return answers.at(-1)!;
  };
  return { conversation, answers, ask };
}

/** NewDriver as the suite sends it when it leaves everything at its default. */
const newDriver = {
  uri: "bolt://127.0.0.1:9",
  authorizationToken: {
    name: "AuthorizationToken",
    data: { scheme: "basic", principal: "neo4j", credentials: "secret" },
  },
  authTokenManagerId: null,
  userAgent: null,
  resolverRegistered: false,
  domainNameResolverRegistered: false,
  connectionTimeoutMs: null,
  fetchSize: null,
  maxTxRetryTimeMs: null,
  livenessCheckTimeoutMs: null,
  maxConnectionPoolSize: null,
  connectionAcquisitionTimeoutMs: null,
  clientCertificate: null,
  clientCertificateProviderId: null,
};

describe("a conversation with the suite", () => {
  it("tells features, and never a version of Bolt that the driver doesn't speak", async () => {
    const { ask } = talk();
    const { name, data } = await ask("GetFeatures");
    const { features } = data as { features: string[] };
    expect(name).toBe("FeatureList");
    expect(features).toContain("Feature:Bolt:4.4");
    expect(features.filter((feature) => /Bolt:(3\.0|4\.[0-3]|5\.5)$/.test(feature))).toEqual([]);
    expect(new Set(features).size).toBe(features.length);
  });

  it("skips what the borrowed name makes pointless, and parts at versions that aren't spoken", async () => {
    const { ask } = talk();
    const single = "stub.iteration.test_result_single.TestResultSingle.test_result_single_with_";
    expect(await ask("StartTest", { testName: `${single}1_record` })).toEqual({ name: "RunTest" });
    expect((await ask("StartTest", { testName: `${single}2_records` })).name).toBe("SkipTest");
    const testName = "stub.optimizations.test_o.TestO.test_uses_implicit_default_arguments_multi_query";
    expect((await ask("StartTest", { testName })).name).toBe("RunSubTests");
    const part = async (version: string) =>
      (await ask("StartSubTest", { testName, subtestArguments: { version } })).name;
    expect([await part("v4x3"), await part("v4x4")]).toEqual(["SkipTest", "RunTest"]);
  });

  it("makes drivers and sessions, and finds them by their ids", async () => {
    const { ask, conversation } = talk();
    const driver = (await ask("NewDriver", newDriver)).data as { id: string };
    const session = await ask("NewSession", { driverId: driver.id, accessMode: "r", bookmarks: ["a"], database: null });
    expect(session.name).toBe("Session");
    expect(await ask("SessionLastBookmarks", { sessionId: (session.data as { id: string }).id })).toEqual({
      name: "Bookmarks",
      data: { bookmarks: ["a"] },
    });
    await conversation.close();
    expect(conversation.drivers.get(driver.id).closed).toBe(true);
  });

  it("answers with the driver's error, and keeps it so that a transaction may fail with it", async () => {
    const { ask, conversation } = talk();
    const { name, data } = await ask("NewDriver", { ...newDriver, uri: "http://127.0.0.1" });
    expect(name).toBe("DriverError");
    const { id, ...error } = data as { id: string };
    expect(error).toMatchObject({ errorType: "Neo4jError", code: "N/A", retryable: false });
    expect(conversation.errors.get(id)).toBeInstanceOf(Error);
  });

  it("answers that the backend is at fault for what it doesn't know", async () => {
    const { ask } = talk();
    expect((await ask("Jump")).name).toBe("BackendError");
    expect((await ask("SessionClose", { sessionId: "none" })).name).toBe("BackendError");
    expect((await ask("BookmarksSupplierCompleted", { requestId: "none" })).name).toBe("BackendError");
  });

  it("puts a callback's question to the suite, and goes on with the reply", async () => {
    const { ask, answers, conversation } = talk();
    const { id } = (
      await ask("NewBookmarkManager", {
        initialBookmarks: ["a"],
        bookmarksSupplierRegistered: true,
        bookmarksConsumerRegistered: false,
      })
    ).data as { id: string };
    const bookmarks = conversation.bookmarkManagers.get(id).getBookmarks();
    const question = answers.at(-1)!;
    expect(question).toMatchObject({ name: "BookmarksSupplierRequest", data: { bookmarkManagerId: id } });
    const requestId = (question.data as { id: string }).id;
    await conversation.handle({ name: "BookmarksSupplierCompleted", data: { requestId, bookmarks: ["b"] } });
    expect([...(await bookmarks)]).toEqual(["a", "b"]);
  });

  it("asks the suite for tokens, and tells it of tokens that were refused", async () => {
    const { ask, answers, conversation } = talk();
    const { id } = (await ask("NewAuthTokenManager")).data as { id: string };
    const manager = conversation.authTokenManagers.get(id);
    const token = manager.getToken();
    const question = answers.at(-1)!;
    expect(question).toMatchObject({ name: "AuthTokenManagerGetAuthRequest", data: { authTokenManagerId: id } });
    const auth = { name: "AuthorizationToken", data: { scheme: "bearer", credentials: "b" } };
    const requestId = (question.data as { id: string }).id;
    await conversation.handle({ name: "AuthTokenManagerGetAuthCompleted", data: { requestId, auth } });
    const code = "Neo.ClientError.Security.TokenExpired";
    const handled = manager.handleSecurityException(await token, code, undefined as never);
    const told = answers.at(-1)!;
    expect(told).toMatchObject({
      name: "AuthTokenManagerHandleSecurityExceptionRequest",
      data: { auth, errorCode: code },
    });
    const reply = { requestId: (told.data as { id: string }).id, handled: true };
    await conversation.handle({ name: "AuthTokenManagerHandleSecurityExceptionCompleted", data: reply });
    expect(await handled).toBe(true);
  });

  it("doesn't leave time standing still when it ends", async () => {
    const { ask, conversation } = talk();
    const { setTimeout: real } = globalThis;
    expect((await ask("FakeTimeInstall")).name).toBe("FakeTimeAck");
    expect(globalThis.setTimeout).not.toBe(real);
    await conversation.close();
    expect(globalThis.setTimeout).toBe(real);
  });

  it("gives no two objects one id, in whatever conversation", async () => {
    const request = { initialBookmarks: null, bookmarksSupplierRegistered: false, bookmarksConsumerRegistered: false };
    const made = await Promise.all([talk(), talk()].map(({ ask }) => ask("NewBookmarkManager", request)));
    const ids = made.map(({ data }) => (data as { id: string }).id);
    expect(ids[0]).not.toBe(ids[1]);
  });
});
