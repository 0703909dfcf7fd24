/** Rows as CSV. */
import type { ColumnTable } from "@fulgur/neo4j-codec";
import { cellTexts } from "./cell-text.ts";
import type { Output } from "./output.ts";
import type { FormatWriter } from "./table-writer.ts";

export interface CsvForm {
  readonly delimiter: string;
  readonly header: boolean;
  readonly lineEnd: string;
}

/**
 * Null is an empty field, the empty text a pair of quotes. Texts that a spreadsheet takes for formulas are written as they are: to change them
 * would be to change the data.
 */
export class CsvWriter implements FormatWriter {
  readonly #output: Output;
  readonly #form: CsvForm;
  readonly #needsQuotes: RegExp;
  #isBegun = false;

  constructor(output: Output, form: CsvForm) {
    this.#output = output;
    this.#form = form;
    const delimiter = form.delimiter.replace(/[\\\]^-]/, "\\$&");
    this.#needsQuotes = new RegExp(`[${delimiter}"\\r\\n]|^\\s|\\s$|^\\ufeff|^$`);
  }

  async write(table: ColumnTable): Promise<void> {
    await this.#begin(table.names);
    const columns = table.columns.map((column) => {
      const texts = cellTexts(column);
      // Numbers and the like never need quotes.
      const isPlain = /^(null|boolean|int|float|number)/.test(column.type);
      return isPlain
        ? texts.map((text) => text ?? "")
        : texts.map((text) => (text === undefined ? "" : this.#field(text)));
    });
    const { delimiter, lineEnd } = this.#form;
    let lines = "";
    for (let i = 0; i < table.length; i++) {
      lines += columns[0]?.[i] ?? "";
      for (let j = 1; j < columns.length; j++) lines += delimiter + (columns[j] as string[])[i];
      lines += lineEnd;
    }
    await this.#output.write(lines);
  }

  end(names: readonly string[]): Promise<void> {
    return this.#begin(names);
  }

  async #begin(names: readonly string[]): Promise<void> {
    if (this.#isBegun) return;
    this.#isBegun = true;
    const { header, delimiter, lineEnd } = this.#form;
    if (header && names.length > 0) {
      await this.#output.write(names.map((name) => this.#field(name)).join(delimiter) + lineEnd);
    }
  }

  #field(text: string): string {
    return this.#needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
}
