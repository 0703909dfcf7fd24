import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { ClientError, IncompleteCommit, ServiceUnavailable, SessionExpired, TransientError } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { isRetryableError, retry, unlessAborted } from "../src/index.ts";
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

  it("waits as it is told (TX-22)", async () => {
    const clock = new FakeClock();
    const started: number[] = [];
    const done = retry(
      async () => {
        started.push(clock.now());
        if (started.length < 4) throw new ServiceUnavailable("gone");
      },
      {
        clock,
        maxRetryTime: 1_000,
        initialRetryDelay: 10,
        retryDelayMultiplier: 3,
        retryDelayJitterFactor: 0.5,
        random: () => 0,
      },
    );
    await clock.advance(1_000);
    await done;
    expect(started.slice(1).map((at, n) => at - started[n]!)).toEqual([5, 15, 45]);
  });

  it("never waits for more than an hour, however long it may go on (TX-22)", async () => {
    const clock = new FakeClock();
    let attempts = 0;
    const done = retry(
      async () => {
        if (++attempts < 30) throw new ServiceUnavailable("gone");
        return "done";
      },
      { clock, maxRetryTime: Number.POSITIVE_INFINITY, retryDelayJitterFactor: 0 },
    );
    await clock.advance(30 * 3_600_000);
    expect(await done).toBe("done");
  });

  it("ends in an error that lists the attempts, without a change to its text (TX-22)", async () => {
    const clock = new FakeClock();
    const thrown: Error[] = [];
    const failed = retry(
      async (number) => {
        await new Promise<void>((resolve) => clock.setTimer(10 * number, resolve));
        thrown.push(new ServiceUnavailable(`gone ${number}`));
        throw thrown.at(-1);
      },
      { clock, maxRetryTime: 1_500, retryDelayJitterFactor: 0 },
    ).catch((error: ServiceUnavailable) => error);
    await clock.advance(60_000);
    const error = (await failed) as ServiceUnavailable;
    expect(error).toBe(thrown.at(-1));
    expect(error.message).toBe("gone 3");
    expect(error.attempts).toEqual([
      { error: thrown[0], startedAt: 0, took: 10 },
      { error: thrown[1], startedAt: 1010, took: 20 },
      { error: thrown[2], startedAt: 3030, took: 30 },
    ]);
    expect(Object.isFrozen(error.attempts)).toBe(true);
    expect(Object.keys(error)).not.toContain("attempts");
    const shown = inspect(error);
    expect(shown).toContain("[attempt 1] after 0 ms, for 10 ms: ServiceUnavailable: gone 1");
    expect(shown).toContain("[attempt 3] after 3030 ms, for 30 ms: ServiceUnavailable: gone 3");
  });

  it("lists them, too, when the last one fails for good; somebody else's error is left as it is (TX-22, TX-23)", async () => {
    const foreign = Object.freeze(new Error("mine"));
    for (const last of [new ClientError("no", { code: "Neo.ClientError.General.Foo" }), foreign]) {
      const clock = new FakeClock();
      const failed = retry((number) => Promise.reject(number === 1 ? new ServiceUnavailable("gone") : last), {
        clock,
        maxRetryTime: 30_000,
      }).catch((error: unknown) => error);
      await clock.advance(60_000);
      expect(await failed).toBe(last);
      expect(last instanceof ClientError ? last.attempts?.length : undefined).toBe(last === foreign ? undefined : 2);
    }
    const alone = new ServiceUnavailable("gone");
    await expect(retry(() => Promise.reject(alone), { clock: new FakeClock(), maxRetryTime: 0 })).rejects.toBe(alone);
    expect(alone.attempts).toBeUndefined();
  });

  it("lets a running attempt take as long as it likes (OLD-32)", async () => {
    const clock = new FakeClock();
    const done = retry(
      async (number) => {
        if (number === 1) throw new ServiceUnavailable("gone");
        await new Promise<void>((resolve) => clock.setTimer(100_000, resolve));
        return "slow";
      },
      { clock, maxRetryTime: 5_000 },
    );
    await clock.advance(200_000);
    expect(await done).toBe("slow");
  });
});

describe("unlessAborted", () => {
  it("is the promise's own outcome, and leaves no listener", async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(unlessAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
    await expect(unlessAborted(Promise.resolve(1), undefined)).resolves.toBe(1);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("rejects with the signal's reason as soon as it is aborted, also before", async () => {
    const abort = new AbortController();
    const waiting = unlessAborted(new Promise(() => {}), abort.signal);
    abort.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    await expect(unlessAborted(new Promise(() => {}), abort.signal)).rejects.toBe("enough");
    expect(getEventListeners(abort.signal, "abort")).toEqual([]);
  });
});
