/** Rows as JSON: a line each, or one array. */
import type { ColumnTable } from "@fulgur/neo4j-codec";
import { cellJson } from "./cell-text.ts";
import type { Output } from "./output.ts";
import type { FormatWriter } from "./table-writer.ts";

export class JsonWriter implements FormatWriter {
  readonly #output: Output;
  readonly #isArray: boolean;
  #rows = 0;

  constructor(output: Output, isArray: boolean) {
    this.#output = output;
    this.#isArray = isArray;
  }

  async write({ names, columns, length }: ColumnTable): Promise<void> {
    const cells = columns.map(cellJson);
    const keys = names.map((name, i) => `${i === 0 ? "" : ","}${JSON.stringify(name)}:`);
    let text = "";
    for (let i = 0; i < length; i++) {
      if (this.#isArray) text += this.#rows + i === 0 ? "[\n" : ",\n";
      text += "{";
      for (let j = 0; j < cells.length; j++) text += `${keys[j]}${(cells[j] as string[])[i]}`;
      text += this.#isArray ? "}" : "}\n";
    }
    this.#rows += length;
    await this.#output.write(text);
  }

  async end(): Promise<void> {
    if (this.#isArray) await this.#output.write(this.#rows === 0 ? "[]\n" : "\n]\n");
  }
}
