import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { product } from "../src/version.ts";

it("the product that servers see has the package's version", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(product).toBe(`fulgur/${version}`);
});
