import { describe, expect, it } from "vitest";
import { broken, type Cells } from "../src/wasm/cells.ts";
import { RowMaker } from "../src/wasm/row-maker.ts";

/** Cells whose text is empty while they are asked to show none. */
function cellsWithText(): { cells: Cells; text: () => string } {
  let text = "text of the batch";
  const cells = {
    withoutText(run: () => void) {
      text = "";
      run();
      text = "text of the batch";
    },
  };
  return { cells: cells as unknown as Cells, text: () => text };
}

const notAsked = (row: number): never => {
  throw new Error(`row ${row} was made in another way`);
};

describe("making rows", () => {
  it("has each row that can't be made from its cells made in another way, and goes on behind it", () => {
    const { cells } = cellsWithText();
    const maker = new RowMaker((_, from, to, out) => {
      for (let row = from; row < to; row++) {
        if (row === 1 || row === 2) throw broken;
        if (row === 5) throw new RangeError("an unknown zone");
        out[row] = [row];
      }
    });
    const { rows, wasBroken } = maker.make(cells, 6, (row) => `instead of ${row}`);
    expect(rows).toEqual([[0], "instead of 1", "instead of 2", [3], [4], "instead of 5"]);
    expect(wasBroken).toBe(true);
  });

  it("lets through what isn't about a value", () => {
    const maker = new RowMaker(() => {
      throw "something else";
    });
    expect(() => maker.make(cellsWithText().cells, 1, notAsked)).toThrow("something else");
  });

  it("keeps a few rows for V8, without the text of their batch", () => {
    const { cells, text } = cellsWithText();
    const maker = new RowMaker((_, from, to, out) => {
      for (let row = from; row < to; row++) out[row] = { text: text() };
    });
    for (let batch = 0; batch < 40; batch++) {
      expect(maker.make(cells, 100, notAsked).rows[99]).toEqual({ text: "text of the batch" });
    }
    expect(maker.kept.length).toBeGreaterThan(0);
    expect(maker.kept.length).toBeLessThan(20);
    expect(maker.kept).toEqual(maker.kept.map(() => ({ text: "" })));
  });

  it("makes rows as well where none can be made of empty text", () => {
    const { cells, text } = cellsWithText();
    const maker = new RowMaker((_, from, to, out) => {
      for (let row = from; row < to; row++) {
        if (text() === "") throw new RangeError("no zone is named so");
        out[row] = [row];
      }
    });
    expect(maker.make(cells, 3, notAsked)).toEqual({ rows: [[0], [1], [2]], wasBroken: false });
    expect(maker.kept).toEqual([]);
  });
});
