import { Date as Day, Node, Path, PathSegment, Point, Relationship } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { cellOf } from "../../src/command/display/cell.ts";
import { clock, duration, fileSize } from "../../src/command/display/numbers.ts";
import { Pace } from "../../src/command/display/pace.ts";
import { barLine, plainLine } from "../../src/command/display/progress-line.ts";
import { TableWriter } from "../../src/command/display/table.ts";
import { cut, widthOf } from "../../src/command/display/width.ts";

function table(keys: string[], rows: unknown[][], width = Number.POSITIVE_INFINITY, sample = 1000): string[] {
  const writer = new TableWriter(keys, { width, sample });
  return [...rows.flatMap((row) => writer.add(row)), ...writer.end()];
}

describe("a table", () => {
  it("aligns a column of nothing but nulls to the left", () => {
    expect(table(["nothing", "a"], [[null, 1]])).toEqual(["nothing  a", "───────  ─", "null     1"]);
  });

  it("aligns numbers to the right and all else to the left, and shows nulls", () => {
    expect(
      table(
        ["n", "name"],
        [
          [1, "Ada"],
          [1000n, null],
          [null, "Grace"],
        ],
      ),
    ).toEqual(["   n  name", "────  ─────", "   1  Ada", "1000  null", "null  Grace"]);
  });

  it("counts wide and combining characters as a terminal does", () => {
    const lines = table(
      ["a", "b"],
      [
        ["日本語", 1],
        ["e\u0301", 2],
        ["👩‍👩‍👧", 3],
      ],
    );
    const [, rule, ...rows] = lines;
    expect(rule).toBe("──────  ─");
    expect(rows.map(widthOf)).toEqual([9, 9, 9]);
  });

  it("cuts the widest columns until all fit the terminal", () => {
    const [head, rule, row] = table(["id", "text", "more"], [[1, "x".repeat(50), "y".repeat(12)]], 40);
    expect([head, rule, row].map((line) => widthOf(line ?? "") <= 40)).toEqual([true, true, true]);
    expect(row).toBe(` 1  ${"x".repeat(21)}…  ${"y".repeat(12)}`);
  });

  it("streams: after its first rows the widths stay, and wider cells are cut", () => {
    const writer = new TableWriter(["a"], { width: 80, sample: 2 });
    expect(writer.add(["one"])).toEqual([]);
    expect(writer.add(["two"])).toEqual(["a", "───", "one", "two"]);
    expect(writer.add(["three"])).toEqual(["th…"]);
    expect(writer.end()).toEqual([]);
  });

  it("lets no value move the cursor or turn the line around", () => {
    expect(cellOf("a\u001b[2Jb\nc\td\u202ee\r")).toBe("a\\u001b[2Jb\\nc\\td\\u202ee\\r");
    expect(table(["\u001b]0;x\u0007"], [[1]])[0]).toBe("\\u001b]0;x\\u0007");
  });

  it("writes values as Cypher does", () => {
    const ada = new Node(null, ["Person", "a b"], { name: "Ada" }, "n1");
    const bob = new Node(null, [], {}, "n2");
    const knows = new Relationship(null, null, null, "KNOWS", { since: 1815 }, "r1", "n2", "n1");
    expect(cellOf(ada)).toBe('(:Person:`a b` {name: "Ada"})');
    expect(cellOf(bob)).toBe("()");
    expect(cellOf(knows)).toBe("[:KNOWS {since: 1815}]");
    expect(cellOf([1, "a", null, { "b c": 1.5 }])).toBe('[1, "a", null, {`b c`: 1.5}]');
    expect(cellOf(new Day(2024, 2, 29))).toBe("2024-02-29");
    expect(cellOf(new Point(7203, 1, 2))).toBe("Point{srid: 7203, x: 1, y: 2}");
    expect(cellOf(Uint8Array.of(1, 255))).toBe("0x01ff");
    expect(cellOf(Float64Array.of(1, 2.5))).toBe("[1, 2.5]");
    expect(cellOf(true)).toBe("true");
    expect(cellOf(new Path(ada, bob, [new PathSegment(ada, knows, bob)]))).toBe(
      '(:Person:`a b` {name: "Ada"})<-[:KNOWS {since: 1815}]-()',
    );
  });

  it("cuts between characters, never within a wide one", () => {
    expect(cut("日本語", 4)).toBe("日…");
    expect(cut("日本語", 6)).toBe("日本語");
    expect(cut("abc", 1)).toBe("…");
    expect(cut("👩‍👩‍👧x", 2)).toBe("…");
    expect(cut("👩‍👩‍👧xy", 3)).toBe("👩‍👩‍👧…");
  });
});

const nothing = { resumed: 0, rejected: 0, retried: 0, serverWait: 0 };

describe("progress", () => {
  it("tells the rate of the last while, not of the whole time, and the time that the rest takes", () => {
    const pace = new Pace();
    const bytesTotal = 1000;
    for (let second = 0; second <= 60; second++) {
      const rows = second <= 30 ? second * 100 : 3000 + (second - 30) * 10;
      pace.add({ rows, resumed: 0, elapsed: second * 1000, source: { bytesRead: second * 10, bytesTotal } });
    }
    expect(pace.rate).toBeCloseTo(10);
    expect(pace.share).toBeCloseTo(0.6);
    expect(pace.timeLeft).toBeCloseTo(40_000);
  });

  it("takes what an earlier run had read as read before the beginning", () => {
    const pace = new Pace();
    // Half of 800 bytes was another run's: this one has read 400 in a second, and 200 are left.
    pace.add({ rows: 10, resumed: 10, elapsed: 1000, source: { bytesRead: 800, bytesTotal: 1000 } });
    expect([pace.rate, pace.timeLeft]).toEqual([10, expect.closeTo(500)]);
  });

  it("knows no time left where the source doesn't say how long it is", () => {
    const pace = new Pace();
    pace.add({ rows: 10, resumed: 0, elapsed: 1000, source: { bytesRead: 10 } });
    expect([pace.share, pace.timeLeft, pace.rate]).toEqual([undefined, undefined, 10]);
    expect(plainLine("s", { ...nothing, rows: 10, elapsed: 1000 }, pace)).toBe(
      "s: 10 rows, 10 rows/s, server wait 0 %, 0 rejected",
    );
  });

  it("is one line with a bar that fits the terminal; what has no room is left out", () => {
    const pace = new Pace();
    const progress = { ...nothing, rows: 1_260_000, elapsed: 30_000, serverWait: 26_000, rejected: 2 };
    pace.add({ ...progress, source: { bytesRead: 42, bytesTotal: 100 } });
    const whole =
      "flights  ██████████▏░░░░░░░░░░░░░  42 %  1,260,000 rows  42,000 rows/s  0:41 left  server wait 87 %  2 rejected";
    expect(barLine("flights", progress, pace, 120)).toBe(whole);
    for (const width of [10, 40, 54, 55, 79, 100]) {
      const line = barLine("flights", progress, pace, width);
      expect(widthOf(line)).toBeLessThanOrEqual(width);
      if (width >= 55) expect(whole.startsWith(line)).toBe(true);
    }
    // Where not even the rows stand beside the bar, it is left out.
    expect(barLine("flights", progress, pace, 54)).toBe("flights   42 %  1,260,000 rows  42,000 rows/s");
    expect(barLine("flights", progress, pace, 10)).toBe("flights  …");
    expect(plainLine("flights", progress, pace)).toBe(
      "flights: 1,260,000 rows, 42 %, 42,000 rows/s, 0:41 left, server wait 87 %, 2 rejected",
    );
  });

  it.each([
    [1, "1 byte"],
    [999, "999 bytes"],
    [1_000, "1.0 kB"],
    [13_500_000, "13.5 MB"],
    [2e15, "2000.0 TB"],
  ])("%d bytes are told as %s", (bytes, text) => {
    expect(fileSize(bytes)).toBe(text);
  });

  it.each([
    [850, "850 ms"],
    [12_340, "12.3 s"],
    [59_990, "1:00"],
    [245_000, "4:05"],
    [3_723_000, "1:02:03"],
  ])("%i ms are told as %s", (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
    if (milliseconds >= 60_000) expect(clock(milliseconds)).toBe(text);
  });
});
