import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sleep, systemClock } from "../src/index.ts";
import { FakeClock } from "./fake-clock.ts";

describe("the machine's clock", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("calls once, when the time is over", () => {
    const fn = vi.fn();
    systemClock.setTimer(100, fn);
    vi.advanceTimersByTime(99);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(fn).toHaveBeenCalledOnce();
  });

  it("waits for longer than a timer of the platform can, which would fire at once", () => {
    const fn = vi.fn();
    systemClock.setTimer(2 ** 31 + 1000, fn);
    vi.advanceTimersByTime(2 ** 31);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(fn).toHaveBeenCalledOnce();
  });

  it("never calls what was cancelled, nor what is due in an infinite time, for which it sets no timer", () => {
    const fn = vi.fn();
    systemClock.setTimer(100, fn).cancel();
    systemClock.setTimer(Number.POSITIVE_INFINITY, fn).cancel();
    systemClock.setTimer(Number.POSITIVE_INFINITY, fn);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2 ** 40);
    expect(fn).not.toHaveBeenCalled();
  });
});

describe("sleep", () => {
  it("ends when the time is over, and leaves no listener (ASY-06)", async () => {
    const clock = new FakeClock();
    const { signal } = new AbortController();
    let isOver = false;
    const sleeping = sleep(clock, 100, signal).then(() => {
      isOver = true;
    });
    await clock.advance(99);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await sleeping;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("ends at once when the signal is aborted, with its reason, and leaves no timer (ASY-10)", async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const sleeping = sleep(clock, 100, abort.signal);
    abort.abort("enough");
    await expect(sleeping).rejects.toBe("enough");
    expect([clock.armed, getEventListeners(abort.signal, "abort").length]).toEqual([0, 0]);
    await expect(sleep(clock, 100, abort.signal)).rejects.toBe("enough");
    expect(clock.armed).toBe(0);
  });
});
