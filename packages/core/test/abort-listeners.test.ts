import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { onAbort } from "../src/abort-listeners.ts";

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe("waiting for the abort of one signal", () => {
  it("takes one listener of the platform's, however many wait, and none when nobody does", () => {
    const { signal } = new AbortController();
    const ends = Array.from({ length: 100 }, () => onAbort(signal, () => {}));
    expect(listenersOf(signal)).toBe(1);
    for (const end of ends) end();
    expect(listenersOf(signal)).toBe(0);
    onAbort(signal, () => {});
    expect(listenersOf(signal)).toBe(1);
  });

  it("calls all once, in their order, but those whose waiting has ended", () => {
    const controller = new AbortController();
    const called: string[] = [];
    const wait = (name: string) => onAbort(controller.signal, () => called.push(name));
    wait("first");
    wait("second")();
    const fourth: { end?: () => void } = {};
    onAbort(controller.signal, () => fourth.end?.());
    fourth.end = wait("fourth");
    wait("fifth");
    controller.abort();
    expect(called).toEqual(["first", "fifth"]);
    expect(listenersOf(controller.signal)).toBe(0);
  });

  it("keeps one function that waits twice apart", () => {
    const controller = new AbortController();
    let calls = 0;
    const act = () => {
      calls++;
    };
    const end = onAbort(controller.signal, act);
    onAbort(controller.signal, act);
    end();
    end();
    controller.abort();
    expect(calls).toBe(1);
  });

  it("knows signals apart, and calls nobody for one that is aborted already", () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const called: string[] = [];
    onAbort(one.signal, () => called.push("one"));
    onAbort(other.signal, () => called.push("other"));
    other.abort();
    onAbort(other.signal, () => called.push("late"));
    expect(called).toEqual(["other"]);
  });
});
