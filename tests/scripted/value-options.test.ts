/** Options of a driver, and of a connection, that change how values are made. */
import type { ConnectOptions } from "@fulgur/neo4j-core";
import { type Config, ConfigurationError, type Driver } from "@fulgur/neo4j-driver";
import { answering, type ScriptedResult } from "@fulgur/neo4j-testing";
import { describe, expect, it, vi } from "vitest";
import { failureOf, play, playCore } from "./play.ts";

const embedding = [0.5, -1.25, 1e300];
const name = (i: number) => `a name that is long enough to be a part of a longer text, number ${i}`;
const result: ScriptedResult = {
  fields: ["id", "name", "embedding", "map"],
  records: Array.from({ length: 300 }, (_, i) => [i, name(i), embedding, { list: [0.5, i], empty: [] }]),
};

const rows = async (config: Config, use?: (db: Driver) => void): Promise<unknown[][]> =>
  play(
    answering(() => result),
    async (db) => {
      use?.(db);
      const { records } = await db.executeQuery("MATCH (n) RETURN n.id AS id, n.name AS name");
      return records.map((record) => [...record]);
    },
    { config },
  );

const engines = ["auto", "wasm", "plain"] as const;

describe.each(engines)("with the %s engine a driver", (engine) => {
  it("gives lists of nothing but floats as Float64Arrays, if it is told to by `floatLists`", async () => {
    const typed = await rows({ engine, floatLists: "typed" });
    expect(typed).toHaveLength(300);
    for (const [i, row] of typed.entries()) {
      expect(row).toEqual([i, name(i), Float64Array.from(embedding), { list: [0.5, i], empty: [] }]);
    }
    for (const floatLists of ["array", undefined] as const) {
      for (const row of await rows({ engine, floatLists })) expect(row[2]).toEqual(embedding);
    }
  });

  it("generates no code with `codeGeneration: false`, and gives the same values", async () => {
    const expected = await rows({ engine });
    const forbidden = vi.fn(() => {
      throw new EvalError("code was generated");
    });
    vi.stubGlobal("Function", forbidden);
    try {
      expect(await rows({ engine, codeGeneration: false })).toEqual(expected);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(forbidden).not.toHaveBeenCalled();
  });

  it("gives the same values with `detachStrings`", async () => {
    expect(await rows({ engine, detachStrings: true })).toEqual(await rows({ engine }));
  });
});

describe("a connection of core", () => {
  const first = (connect: ConnectOptions) =>
    playCore(
      answering(() => result),
      async (connection) => {
        const { profile } = connection.codec;
        for await (const row of connection.run("RETURN 1 AS embedding")) return { row, profile };
        throw new Error("there was no row");
      },
      { connect },
    );

  it("takes the codec's options, and shares a codec with connections of the same ones only", async () => {
    const usual = await first({});
    expect([usual.row[2], usual.profile.detachStrings]).toEqual([embedding, false]);
    const typed = await first({ floatLists: "typed" });
    expect(typed.row[2]).toEqual(Float64Array.from(embedding));
    expect((await first({ floatLists: "typed" })).profile).toBe(typed.profile);
    const others = [await first({ codeGeneration: false }), await first({ detachStrings: true })];
    expect(others.map(({ profile }) => [profile.codeGeneration, profile.detachStrings])).toEqual([
      [false, false],
      [usual.profile.codeGeneration, true],
    ]);
  });

  it.each([{ floatLists: "vector" }, { codeGeneration: "yes" }, { detachStrings: "yes" }])(
    "refuses %j by name",
    async (connect) => {
      const error = await failureOf(
        playCore(
          (peer) => peer.closed(),
          async () => {},
          { connect: connect as never },
        ),
      );
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toContain(Object.keys(connect)[0]);
    },
  );
});
