import { afterEach, describe, expect, it } from "vitest";
import { Deferred } from "../src/connection/deferred.ts";

describe("a deferred outcome", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  afterEach(() => process.off("unhandledRejection", note));

  it("is the same for who asked before it was known and for who asks after", async () => {
    const known = new Deferred<number>();
    const before = known.promise;
    known.resolve(1);
    expect(known.promise).toBe(before);
    expect(await before).toBe(1);

    const late = new Deferred<number>();
    late.resolve(2);
    expect(await late.promise).toBe(2);
  });

  it("is settled once", async () => {
    const known = new Deferred<number>();
    known.reject(new Error("first"));
    known.resolve(1);
    known.reject(new Error("second"));
    await expect(known.promise).rejects.toThrow("first");
  });

  it("that nobody observes is no unhandled rejection, asked for or not", async () => {
    const asked = new Deferred<void>();
    void asked.promise;
    asked.reject(new Error("asked for"));
    const late = new Deferred<void>();
    late.reject(new Error("asked for late"));
    void late.promise;
    new Deferred<void>().reject(new Error("never asked for"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });
});
