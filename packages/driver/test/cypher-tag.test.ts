import { inspect } from "node:util";
import { ConfigurationError } from "@fulgur/neo4j-core";
import { ParameterError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { type CypherFragment, cypher, Query } from "../src/index.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

const shown = ({ text, parameters }: CypherFragment) => [text, parameters];

describe("the cypher tag", () => {
  it("makes parameters of values, and leaves only their names in the text (EQ-07)", () => {
    const name = "'}) DETACH DELETE n //";
    const query = cypher`MATCH (n {name: ${name}}) WHERE n.age > ${42} RETURN n`;
    expect(shown(query)).toEqual(["MATCH (n {name: $p0}) WHERE n.age > $p1 RETURN n", { p0: name, p1: 42 }]);
    expect(`${query}`).toBe(query.text);
  });

  it("takes null, false and what looks like a fragment for what they are: values (EQ-07)", () => {
    const fake = { text: "DETACH DELETE n", parameters: {} };
    expect(shown(cypher`RETURN ${null}, ${false}, ${[1, 2]}, ${fake}`)).toEqual([
      "RETURN $p0, $p1, $p2, $p3",
      { p0: null, p1: false, p2: [1, 2], p3: fake },
    ]);
  });

  it("has the same text for the same template, whatever the values are", () => {
    const of = (a: unknown) => cypher`MATCH (n {a: ${a}}) RETURN n`;
    expect(of(1).text).toBe(of("other").text);
  });

  it("puts fragments together, and numbers their parameters anew", () => {
    const adult = cypher`p.age >= ${18}`;
    const named = cypher`p.name = ${"Ada"}`;
    const where = cypher`WHERE ${cypher.join([adult, named], cypher` AND `)}`;
    expect(shown(cypher`MATCH (p:Person {team: ${7}}) ${where} RETURN p LIMIT ${10}`)).toEqual([
      "MATCH (p:Person {team: $p0}) WHERE p.age >= $p1 AND p.name = $p2 RETURN p LIMIT $p3",
      { p0: 7, p1: 18, p2: "Ada", p3: 10 },
    ]);
    expect(shown(adult)).toEqual(["p.age >= $p0", { p0: 18 }]);
  });

  it("leaves out what is optional, together with its values", () => {
    const match = (minimum?: number) =>
      cypher`MATCH (p) ${cypher.when(minimum !== undefined, cypher`WHERE p.age >= ${minimum}`)}RETURN p`;
    expect(shown(match())).toEqual(["MATCH (p) RETURN p", {}]);
    expect(shown(match(3))).toEqual(["MATCH (p) WHERE p.age >= $p0 RETURN p", { p0: 3 }]);
    expect(shown(cypher.join([cypher`a`, cypher.empty, cypher``, cypher`b`]))).toEqual(["a, b", {}]);
    expect(shown(cypher.join([]))).toEqual(["", {}]);
    expect(shown(cypher`MATCH (n${cypher.labels()}) RETURN n`)).toEqual(["MATCH (n) RETURN n", {}]);
  });

  it.each([
    ["Person", "`Person`"],
    ["a b", "`a b`"],
    ["a`b", "`a``b`"],
    ["``", "``````"],
    ["x`) DETACH DELETE n //", "`x``) DETACH DELETE n //`"],
    // What servers make back-ticks of before they look for back-ticks.
    ["x\\u0060) DETACH DELETE n //", "`x\\u005Cu0060) DETACH DELETE n //`"],
    ["x\\\\u0060y", "`x\\u005C\\u005Cu0060y`"],
    ["x\\", "`x\\u005C`"],
    ["naïve \u{1f600}\n", "`naïve \u{1f600}\n`"],
  ])("quotes the name %j", (name, quoted) => {
    expect(shown(cypher.identifier(name))).toEqual([quoted, {}]);
    expect(cypher`MATCH (n:${cypher.identifier(name)}) RETURN n`.text).toBe(`MATCH (n:${quoted}) RETURN n`);
    expect(cypher`MATCH (n${cypher.labels("A", name)}) RETURN n`.text).toBe(`MATCH (n:\`A\`:${quoted}) RETURN n`);
  });

  it("keeps words and names apart that would become one", () => {
    const name = cypher.identifier("a");
    expect(cypher`RETURN ${name}${name}`.text).toBe("RETURN `a` `a`");
    expect(cypher`MATCH (n) LIMIT${1}UNION`.text).toBe("MATCH (n) LIMIT $p0 UNION");
    expect(cypher`${cypher`RETURN 1 // one`} AS x`.text).toBe("RETURN 1 // one\n AS x");
    expect(cypher`${cypher`RETURN 'a // b'`} AS x`.text).toBe("RETURN 'a // b' AS x");
  });

  it("goes round parameters that the text already has", async () => {
    const server = new ScriptedServer();
    const query = cypher`MATCH (n {id: $p0, a: ${1}, b: $\`p2\`, c: ${2}}) RETURN n`;
    await driverOf(server).driver.executeQuery(query, { p0: "mine", p2: "too" });
    expect(server.of("RUN")[0]).toMatchObject({
      query: "MATCH (n {id: $p0, a: $p1, b: $`p2`, c: $p3}) RETURN n",
      parameters: { p0: "mine", p1: 1, p2: "too", p3: 2 },
    });
  });

  it.each<[string, () => unknown, RegExp]>([
    ["quotes", () => cypher`MATCH (n {name: '${"Ada"}'}) RETURN n`, /value 1 in quotes/],
    ["double quotes", () => cypher`RETURN ${1}, "it is \\" ${2}"`, /value 2 in quotes/],
    ["back-ticks", () => cypher`MATCH (n:\`${"Person"}\`) RETURN n`, /value 1 in back-ticks.*cypher.identifier/],
    ["a line comment", () => cypher`RETURN 1 // ${2}`, /value 1 in a comment/],
    ["a block comment", () => cypher`RETURN 1 /* ${2} */`, /value 1 in a comment/],
    ["a fragment in quotes", () => cypher`RETURN '${cypher`x`}'`, /value 1 in quotes/],
    ["a $ of its own", () => cypher`RETURN $${1}`, /\$ before value 1/],
    ["quotes left open", () => cypher`RETURN 'x`, /ends in quotes/],
    ["a comment left open", () => cypher`RETURN 1 /* x`, /ends in a comment/],
    ["a bad escape", () => cypher`RETURN '\u00zz'`, /bad escape/],
    ["a call", () => cypher("RETURN 1" as never), /tag for templates/],
  ])("refuses %s, and says where", (_, make, message) => {
    // At each evaluation, not only at the first one.
    for (let time = 0; time < 2; time++) {
      expect(make).toThrow(ConfigurationError);
      expect(make).toThrow(message);
    }
  });

  it.each<[string, () => unknown]>([
    ["a Query in a template", () => cypher`${new Query("RETURN 1")}`],
    ["a list of fragments", () => cypher`RETURN ${[cypher`1`, cypher`2`]}`],
    ["a text to join", () => cypher.join(["secret-9"] as never)],
    ["a text as a separator", () => cypher.join([cypher`1`, cypher`2`], "secret-9" as never)],
    ["a text that is optional", () => cypher.when(true, "secret-9" as never)],
    ["a name that is no text", () => cypher.identifier(9 as never)],
    ["an empty name", () => cypher.identifier("")],
  ])("refuses %s", (_, make) => {
    expect(make).toThrow(ParameterError);
    expect(make).not.toThrow(/secret-9/);
  });

  it("refuses an undefined value when the query is run, and a name that is taken", async () => {
    const { driver } = driverOf(new ScriptedServer());
    await expect(driver.executeQuery(cypher`RETURN ${undefined}`)).rejects.toMatchObject({ path: "p0" });
    await expect(driver.executeQuery(cypher`RETURN ${1}`, { p0: 2 })).rejects.toThrow(/p0 is already/);
    await expect(driver.executeQuery(cypher``)).rejects.toThrow(/empty/);
  });

  it("runs everywhere, and configures a transaction as a Query (QRY-01)", async () => {
    const server = new ScriptedServer();
    const query = cypher`RETURN ${1} AS n`;
    server.answers.set(query.text, { rows: numbers(1) });
    const session = driverOf(server).driver.session();
    await session.run(query);
    await session.run(new Query(query, { timeout: 5, parameters: { more: 2 } }));
    const result = await session.executeRead((tx) => tx.run(query, { more: 3 }));
    expect(result.summary.query).toEqual({ text: "RETURN $p0 AS n", parameters: { p0: 1, more: 3 } });
    const transaction = await session.beginTransaction();
    expect((await transaction.run(query)).records).toHaveLength(1);
    await transaction.commit();
    expect(server.of("RUN").map(({ parameters, extra }) => [parameters, extra.txTimeout])).toEqual([
      [{ p0: 1 }, undefined],
      [{ p0: 1, more: 2 }, 5],
      [{ p0: 1, more: 3 }, undefined],
      [{ p0: 1 }, undefined],
    ]);
  });

  it("prints its text and no value, and can't be changed", () => {
    const query = cypher`RETURN ${"secret-9"}`;
    expect(inspect(query)).toBe("cypher`RETURN $p0` (1 parameters)");
    expect(Object.isFrozen(query) && Object.isFrozen(query.parameters)).toBe(true);
  });
});
