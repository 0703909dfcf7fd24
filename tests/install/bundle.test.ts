/** What a bundler keeps of the built driver. */
import { join } from "node:path";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { root } from "./project.ts";

/** The minified bundle of a module that has this text. */
async function bundleOf(text: string): Promise<string> {
  const entry = join(root, "tests/install/entry.mjs");
  const bundle = await rolldown({
    input: entry,
    platform: "node",
    plugins: [
      { name: "entry", resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? text : null) },
    ],
  });
  const { output } = await bundle.generate({ minify: true });
  await bundle.close();
  return output[0].code;
}

const using = (name: string) => bundleOf(`import { ${name} as used } from "@fulgur/neo4j-driver"; console.log(used);`);

describe("a bundle", () => {
  it("of nothing of the driver is empty: no module does anything by being loaded", async () => {
    expect((await bundleOf('import "@fulgur/neo4j-driver";')).length).toBeLessThan(20);
  });

  it.each([
    ["isNode", 5_000],
    ["isDate", 5_000],
    ["session", 30_000],
    ["notificationSeverityLevel", 30_000],
    ["auth", 30_000],
  ])("of %s alone has no connections and no codec in it: at most %i characters", async (name, limit) => {
    const code = await using(name);
    expect(code.length).toBeLessThan(limit);
    expect(code).not.toMatch(/node:(net|tls)/);
    expect(code).not.toContain("resultTransformers");
  });

  it("of driver() has the default export's groups only if that is imported", async () => {
    const [named, all] = await Promise.all([using("driver"), using("default")]);
    expect(named).not.toContain("notificationFilterDisabledCategory");
    expect(all).toContain("notificationFilterDisabledCategory");
  });
});
