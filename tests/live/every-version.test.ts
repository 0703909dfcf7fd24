import { boltVersions } from "@fulgur/neo4j-codec";
import {
  auth,
  ConfigurationError,
  cypher,
  type Driver,
  driver,
  float,
  int,
  isNode,
  isPath,
  isRelationship,
  type Node,
  ParameterError,
  type Path,
  type Relationship,
  UnsupportedType,
  UUID,
  vector,
} from "@fulgur/neo4j-driver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bolt6Reason, cappedServer, type Server, speaksBolt6 } from "./server.ts";
import { values } from "./values.ts";

const number = (version: string) => version.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

const isDefined = (version: string) => speaksBolt6 || number(version) < number("6.0");

for (const version of boltVersions) {
  describe.skipIf(!isDefined(version))(
    `Bolt ${version} on a real server${isDefined(version) ? "" : bolt6Reason}`,
    () => {
      let server: Server;
      let db: Driver;

      beforeAll(async () => {
        server = await cappedServer(version);
        db = driver(server.uri, auth.basic(server.username, server.password));
      });
      afterAll(async () => {
        await db?.close();
        await server?.stop();
      });

      const echo = async (value: unknown): Promise<unknown> => {
        const { records } = await db.executeQuery("RETURN $value AS value", { value });
        return records[0]?.get("value");
      };

      it("is the version that was negotiated (CONN-40)", async () => {
        const { major, minor } = (await db.getServerInfo()).protocolVersion;
        expect(`${major}.${minor}`).toBe(version);
      });

      it.each(Object.entries(values))("echoes %s (MAP-01, TMP-02, SPA-01)", async (_, value) => {
        expect(await echo(value)).toEqual(value);
      });

      it("echoes forced integers and floats as what they are (MAP-03, MAP-04)", async () => {
        const { records } = await db.executeQuery(
          "RETURN valueType($i) AS i, valueType($f) AS f, $i AS integer, $f AS decimal",
          { i: int(7), f: float(7) },
        );
        expect(records[0]?.toObject()).toMatchObject({ integer: 7, decimal: 7 });
        expect(records[0]?.get("i")).toMatch(/^INTEGER/);
        expect(records[0]?.get("f")).toMatch(/^FLOAT/);
      });

      it("gives nodes, relationships and paths from a CREATE (GRA-05, GRA-07, GRA-15)", async () => {
        const { records, summary } = await db.executeQuery<{ a: Node; r: Relationship; p: Path }>(
          "CREATE p = (a:Person:Pilot {name: 'Amelia'})-[r:FLIES {since: 1928}]->(b:Plane {name: 'Vega'}) RETURN a, r, p",
        );
        const { a, r, p } = records[0]!.toObject() as { a: Node; r: Relationship; p: Path };
        expect(isNode(a) && isRelationship(r) && isPath(p)).toBe(true);
        expect([...a.labels].sort()).toEqual(["Person", "Pilot"]);
        expect(a.properties).toEqual({ name: "Amelia" });
        expect(r.type).toBe("FLIES");
        expect([r.startNodeElementId, r.endNodeElementId]).toEqual([a.elementId, p.end.elementId]);
        expect(p.length).toBe(1);
        expect(p.start.elementId).toBe(a.elementId);
        expect(p.segments[0]?.relationship.properties).toEqual({ since: 1928 });
        expect(a.elementId).toMatch(number(version) < number("5.0") ? /^\d+$/ : /:/);
        expect(summary.counters.updates()).toMatchObject({
          nodesCreated: 2,
          relationshipsCreated: 1,
          propertiesSet: 3,
          labelsAdded: 3,
        });
        expect(summary.counters.containsUpdates).toBe(true);
        await db.executeQuery("MATCH (n) DETACH DELETE n");
      });

      it("refuses graph values as parameters, with their path", async () => {
        const { records } = await db.executeQuery<{ n: Node }>("CREATE (n:Lonely) RETURN n");
        const node = records[0]?.get("n");
        await expect(db.executeQuery("RETURN $list", { list: [1, node] })).rejects.toThrow(/list\[1\]/);
        await db.executeQuery("MATCH (n:Lonely) DELETE n");
      });

      it("sends and gives vectors, or says why not (MAP-18)", async () => {
        if (number(version) >= number("6.0")) {
          const value = vector(new Float32Array([1, -2.5, 0]));
          expect(await echo(value)).toEqual(value);
        } else {
          const refused = echo(vector([1, 2, 3]));
          await expect(refused).rejects.toThrow(ParameterError);
          await expect(refused).rejects.toThrow(/Vector.*6\.0/);
        }
      });

      it.skipIf(!speaksBolt6)(
        `gives a vector that this version lacks as the server reports it${bolt6Reason}`,
        async () => {
          const { records } = await db.executeQuery("CYPHER 25 RETURN vector([1, 2, 3], 3, FLOAT32) AS v");
          const value = records[0]?.get("v");
          if (number(version) >= number("6.0")) expect(value).toEqual(vector(new Float32Array([1, 2, 3])));
          else expect(value).toMatchObject({ reason: "UNKNOWN_TYPE", originalType: "VECTOR(3, FLOAT32)" });
        },
      );

      it.skipIf(!speaksBolt6)(`sends and gives UUIDs, or what stands for them (MAP-18)${bolt6Reason}`, async () => {
        const { records } = await db.executeQuery("CYPHER 25 RETURN uuid() AS id");
        const id = records[0]?.get("id");
        if (number(version) >= number("6.1")) {
          expect(id).toBeInstanceOf(UUID);
          expect(await echo(id)).toEqual(id);
          return;
        }
        if (number(version) === number("6.0")) {
          expect(id).toBeInstanceOf(UnsupportedType);
          expect(id).toMatchObject({ name: "UUID", minimumProtocolVersion: { major: 6, minor: 1 } });
        } else {
          expect(id).toMatchObject({ reason: "UNKNOWN_TYPE", originalType: "UUID" });
        }
        await expect(echo(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"))).rejects.toThrow(/UUID.*6\.1/);
      });

      it("has the server's remarks in both forms, and leaves them out on demand (SUM-12, SUM-13, SUM-28)", async () => {
        const text = "EXPLAIN MATCH (a:Cartesian), (b:Cartesian) RETURN a, b";
        const { notifications, gqlStatusObjects, plan } = (await db.executeQuery(text)).summary;
        const remark = notifications.find(({ category }) => category === "PERFORMANCE");
        expect(remark).toMatchObject({ severityLevel: "INFORMATION", position: { line: 1 } });
        const status = gqlStatusObjects.find(({ classification }) => classification === "PERFORMANCE");
        expect(status).toMatchObject({ isNotification: true, severity: "INFORMATION", position: remark?.position });
        const isMade = number(version) < number("5.6");
        expect(status?.gqlStatus).toBe(isMade ? "03N42" : "03N90");
        // Who makes the status of what came can't know that nothing was to come.
        const [ending] = gqlStatusObjects.filter((one) => !one.isNotification);
        expect(ending?.gqlStatus).toBe(isMade ? "02000" : "00001");
        expect(plan?.children).toHaveLength(1);
        const quiet = db.session({ notificationFilter: { minimumSeverityLevel: "OFF" } }).run(text);
        if (number(version) < number("5.2")) await expect(quiet).rejects.toBeInstanceOf(ConfigurationError);
        else expect((await quiet).summary.notifications).toEqual([]);
      });

      it("takes what the cypher tag makes (EQ-07)", async () => {
        const name = "x\\u0060) DETACH DELETE n //";
        const query = cypher`CREATE (n:${cypher.identifier(name)} {name: ${name}}) RETURN labels(n)[0] AS label, n.name AS name`;
        const { records } = await db.executeQuery(query);
        expect(records[0]?.toObject()).toEqual({ label: name, name });
      });

      it("runs managed transactions, commits explicit ones and rolls back what was not committed", async () => {
        await using session = db.session();
        const made = await session.executeWrite(async (tx) => {
          const result = await tx.run("UNWIND range(1, 3) AS n CREATE (:Row {n: n}) RETURN n");
          return result.records.map((record) => record.get("n"));
        });
        expect(made).toEqual([1, 2, 3]);
        {
          await using tx = await session.beginTransaction();
          await tx.run("CREATE (:Row {n: 4})");
        }
        const tx = await session.beginTransaction();
        await tx.run("CREATE (:Row {n: 5})");
        await tx.commit();
        expect((await session.lastBookmarks()).size).toBeGreaterThan(0);
        const rows = await session.executeRead(async (tx) => {
          const numbers: number[] = [];
          for await (const record of tx.run<{ n: number }>("MATCH (r:Row) RETURN r.n AS n ORDER BY n"))
            numbers.push(record.get("n"));
          return numbers;
        });
        expect(rows).toEqual([1, 2, 3, 5]);
        await session.run("MATCH (r:Row) DELETE r");
      });

      it("gives the named error for a syntax error, and the session goes on", async () => {
        await using session = db.session();
        await expect(session.run("RETURN 1 +")).rejects.toMatchObject({
          code: "Neo.ClientError.Statement.SyntaxError",
        });
        expect((await session.run("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
      });
    },
  );
}
