/** The guides' JavaScript is what the oldest Node reads that the packages run on; that it does what it says is seen by other tests. */
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode } from "../live/documented-code.ts";
import { Project, root } from "./project.ts";

const pages = readdirSync(`${root}docs`).filter((file) => file.endsWith(".md"));
const blocks = pages.flatMap((page) => documentedCode(page).map((block, at) => ({ ...block, page, at })));

describe("JavaScript in docs/", () => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.create("guides");
  });
  afterAll(() => project?.remove());

  it("is in all guides", () => {
    const withCode = new Set(blocks.filter(({ language }) => language === "js").map(({ page }) => page));
    expect(withCode.size).toBeGreaterThanOrEqual(9);
  });

  it.each(blocks.filter(({ language }) => language === "js"))("has no newer syntax: $page, $title", async (block) => {
    const file = `${block.page}-${block.at}.mjs`;
    await project.write(file, block.code);
    await project.check(file);
  });
});
