import { ConfigurationError } from "@fulgur/neo4j-driver";
import { describe, expect, it, vi } from "vitest";
import { readFiles } from "../../src/readers/read-files.ts";
import { openWriter } from "../../src/writers/open-writer.ts";
import { readAll, temporaryFolder } from "./read-all.ts";

vi.mock("apache-arrow", () => {
  throw new Error("Cannot find package 'apache-arrow'");
});

describe("without the package apache-arrow", () => {
  it("Arrow's files can't be read or written, and the error says what to install", async () => {
    const source = await readFiles(new Uint8Array(), { format: "arrow" });
    const writer = await openWriter(temporaryFolder()("a.arrow"));
    await writer.write([{ a: 1 }]);
    for (const failing of [readAll(source), writer.finish()]) {
      const error = await failing.then(String, (e) => e);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toMatch(/need its library: install the package apache-arrow, version 17 or later/);
    }
    await writer.abandon();
  });
});
