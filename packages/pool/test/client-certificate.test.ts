import { auth, type ClientCertificate, ConnectionAcquisitionTimeoutError } from "@fulgur/neo4j-core";
import { expect, it } from "vitest";
import { createConnectionProvider } from "../src/index.ts";
import { FakeClock } from "./fake-clock.ts";

it("the time that a provider of client certificates takes is part of the acquisition's (TLS-11)", async () => {
  const clock = new FakeClock();
  let isAsked = false;
  const clientCertificate = {
    hasUpdate: () => false,
    getClientCertificate: () => {
      isAsked = true;
      return new Promise<ClientCertificate>(() => {});
    },
  };
  const provider = createConnectionProvider("bolt+ssc://localhost", auth.none(), {
    clock,
    connectionAcquisitionTimeout: 5_000,
    connectOptions: { connectionTimeout: 0, clientCertificate },
  });
  const failed = provider.acquire({ mode: "READ" }).catch((error: unknown) => error);
  await clock.advance(4_999);
  expect(isAsked).toBe(true);
  let isOver = false;
  void failed.then(() => (isOver = true));
  await clock.advance(0);
  expect(isOver).toBe(false);
  await clock.advance(1);
  const error = await failed;
  expect(error).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
  expect((error as Error).message).toMatch(/within 5000 ms.*a new connection to be opened/);
  await provider.close();
});
