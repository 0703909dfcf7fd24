import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { product } from "../src/version.ts";

it("the product that servers see has the package's version (DRV-29)", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(product).toBe(`neo4j-fulgur/${version}`);
});
