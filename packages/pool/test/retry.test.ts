import { ClientError, IncompleteCommit, ServiceUnavailable, SessionExpired, TransientError } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { isRetryableError, retry } from "../src/index.ts";
import { FakeClock, settle } from "./fake-clock.ts";

describe("retrying", () => {
  it("waits a second, then twice as long each time, spread by a fifth (TX-22)", async () => {
    for (const [random, factor] of [
      [0, 0.8],
      [0.5, 1],
      [0.999999, 1.2],
    ] as const) {
      const clock = new FakeClock();
      const started: number[] = [];
      const done = retry(
        async () => {
          started.push(clock.now());
          if (started.length < 4) throw new ServiceUnavailable("gone");
          return "done";
        },
        { clock, maxRetryTime: 30_000, random: () => random },
      );
      await clock.advance(60_000);
      expect(await done).toBe("done");
      const waits = started.slice(1).map((at, n) => at - started[n]!);
      expect(waits.map(Math.round)).toEqual([1000, 2000, 4000].map((ms) => Math.round(ms * factor)));
    }
  });

  it("counts the time from the first failure and throws the last error (TX-22)", async () => {
    const clock = new FakeClock();
    let attempts = 0;
    const failed = retry(
      async () => {
        attempts++;
        // The first attempt may take as long as it likes.
        await new Promise<void>((resolve) => clock.setTimer(attempts === 1 ? 100_000 : 0, resolve));
        throw new SessionExpired(`attempt ${attempts}`);
      },
      { clock, maxRetryTime: 6_500, random: () => 0.5 },
    ).catch((error: Error) => error.message);
    await clock.advance(200_000);
    // After 1, 3 and 7 seconds; the last one is beyond the 6.5.
    expect(await failed).toBe("attempt 4");
    expect(attempts).toBe(4);
  });

  it("doesn't try again with a window of 0", async () => {
    let attempts = 0;
    const failed = retry(
      async () => {
        attempts++;
        throw new ServiceUnavailable("gone");
      },
      { clock: new FakeClock(), maxRetryTime: 0 },
    );
    await expect(failed).rejects.toThrow("gone");
    expect(attempts).toBe(1);
  });

  it("is told by the error whether to try again (TX-23, TX-29)", () => {
    expect(isRetryableError(new ServiceUnavailable("x"))).toBe(true);
    expect(isRetryableError(new SessionExpired("x"))).toBe(true);
    expect(isRetryableError(new TransientError("x", { code: "Neo.TransientError.General.Foo" }))).toBe(true);
    expect(isRetryableError(new ClientError("x", { code: "Neo.ClientError.General.Foo" }))).toBe(false);
    expect(isRetryableError(new IncompleteCommit("x"))).toBe(false);
    for (const other of [new Error("x"), "x", null, undefined, { isRetryable: true }]) {
      expect(isRetryableError(other)).toBe(false);
    }
  });

  it("stops waiting when the signal is aborted", async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const failed = retry(() => Promise.reject(new ServiceUnavailable("gone")), {
      clock,
      maxRetryTime: 30_000,
      signal: abort.signal,
    });
    await settle();
    abort.abort(new Error("enough"));
    await expect(failed).rejects.toThrow("enough");
    expect(clock.armed).toBe(0);
  });
});
