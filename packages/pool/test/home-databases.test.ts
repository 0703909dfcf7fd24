import { auth } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { HomeDatabases, homeOwner } from "../src/home-databases.ts";
import { ServerSideRouting } from "../src/server-side-routing.ts";

describe("the homes that are remembered (SES-14)", () => {
  it("are what a server said last", () => {
    const homes = new HomeDatabases();
    expect(homes.guess("ann")).toBeUndefined();
    homes.learn("ann", "movies");
    homes.learn("bob", "books");
    homes.learn("ann", "music");
    expect([homes.guess("ann"), homes.guess("bob")]).toEqual(["music", "books"]);
  });

  it("are at most 10,000; beyond that those that were met longest ago are forgotten", () => {
    const homes = new HomeDatabases();
    for (let user = 0; user < 10_000; user++) homes.learn(`user ${user}`, "home");
    // Met again, and so among the latest.
    homes.guess("user 0");
    homes.learn("user 1", "elsewhere");
    homes.learn("one more", "home");
    const known = Array.from({ length: 10_000 }, (_, user) => homes.guess(`user ${user}`));
    expect(known.filter((home) => home === undefined)).toHaveLength(921);
    expect([known[0], known[1], known[2], known[922], known[923]]).toEqual([
      "home",
      "elsewhere",
      undefined,
      undefined,
      "home",
    ]);
    expect(homes.guess("one more")).toBe("home");
  });

  it("belong to whoever is impersonated, else to whom a token names, else to the driver's user", () => {
    const ann = auth.basic("ann", "secret");
    expect(homeOwner("bob", ann)).toBe(homeOwner("bob"));
    expect(homeOwner(undefined, ann)).toBe(homeOwner("ann"));
    expect(homeOwner(undefined, auth.basic("ann", "another"))).toBe(homeOwner("ann"));
    expect(homeOwner(undefined, auth.bearer("x"))).not.toBe(homeOwner(undefined, auth.bearer("y")));
    expect(homeOwner(undefined, auth.bearer("x"))).toBe(homeOwner(undefined, auth.bearer("x")));
    const custom = (n: bigint) => auth.custom({ scheme: "own", principal: "ann", credentials: "c", parameters: { n } });
    expect(homeOwner(undefined, custom(1n))).toBe(homeOwner(undefined, custom(1n)));
    expect(homeOwner(undefined, custom(1n))).not.toBe(homeOwner(undefined, custom(2n)));
    const all = [homeOwner(undefined), homeOwner("driver"), homeOwner("ann"), homeOwner(undefined, auth.bearer("ann"))];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("server-side routing", () => {
  const connection = (ssrEnabled: boolean) => ({ hints: { ssrEnabled, telemetryEnabled: false } });

  it("is everywhere when some connection has it and none hasn't (SES-14)", () => {
    const routing = new ServerSideRouting();
    expect(routing.isEverywhere).toBe(false);
    const first = routing.opened(connection(true));
    expect(routing.isEverywhere).toBe(true);
    const second = routing.opened(connection(false));
    expect(routing.isEverywhere).toBe(false);
    second();
    second();
    expect(routing.isEverywhere).toBe(true);
    first();
    expect(routing.isEverywhere).toBe(false);
  });
});
