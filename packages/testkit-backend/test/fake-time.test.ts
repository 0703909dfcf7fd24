import { afterEach, describe, expect, it } from "vitest";
import { FakeTime } from "../src/fake-time.ts";

describe("time that the suite moves", () => {
  let time: FakeTime;
  const install = () => {
    time = new FakeTime();
    time.install();
  };
  afterEach(() => time.uninstall());

  it("stands still until it is moved, for clocks and timers", async () => {
    install();
    const start = performance.now();
    const fired: string[] = [];
    setTimeout(() => fired.push("late"), 20);
    setTimeout(() => fired.push("early"), 10);
    await time.tick(9);
    expect(fired).toEqual([]);
    await time.tick(11);
    expect(fired).toEqual(["early", "late"]);
    expect(performance.now() - start).toBe(20);
  });

  it("fires what a timer sets within the same move, at its own moment", async () => {
    install();
    const start = performance.now();
    const moments: number[] = [];
    setTimeout(() => {
      moments.push(performance.now() - start);
      setTimeout(() => moments.push(performance.now() - start), 5);
    }, 10);
    await time.tick(100);
    expect(moments).toEqual([10, 15]);
  });

  it("doesn't fire what was cancelled", async () => {
    install();
    let fired = false;
    clearTimeout(setTimeout(() => (fired = true), 10));
    await time.tick(100);
    expect(fired).toBe(false);
  });

  it("goes on by itself afterwards, with the timers that were set meanwhile", async () => {
    const { setTimeout: real } = globalThis;
    install();
    const fired = new Promise<void>((resolve) => setTimeout(resolve, 1));
    time.uninstall();
    expect(globalThis.setTimeout).toBe(real);
    await fired;
  });
});
