import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Neo4j, startNeo4j } from "@fulgur/neo4j-testing";
import typescript from "typescript-5.9";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode } from "../live/documented-code.ts";
import * as core from "./core-scripts.ts";
import * as driver from "./driver-scripts.ts";
import { Project, pack, root, run } from "./project.ts";

const publicPackages = ["types", "codec", "core", "pool", "driver", "ingest", "testing"] as const;
const tarballs = new Map<string, string>();
let folder: string;
let server: Neo4j;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fulgur-tarballs-"));
  for (const name of publicPackages) tarballs.set(name, await pack(name, folder));
  server = await startNeo4j();
});

afterAll(async () => {
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const paths = (...names: string[]) => names.map((name) => tarballs.get(name) as string);
const env = () => ({ NEO4J_TEST_URI: server.uri, NEO4J_TEST_PASSWORD: server.password });

/** The oldest TypeScript that we support, the last of each line since, and the one that we are built with. */
const typeScripts = ["5.4", "5.9", "6.0", "7.0"] as const;
const compiler = (version: (typeof typeScripts)[number]): [command: string, ...args: string[]] =>
  version === "7.0"
    ? ["tsc"]
    : [process.execPath, join(root, "tests/node_modules", `typescript-${version}`, "bin/tsc")];

/** Type-checks a file of the project against the installed declarations, `skipLibCheck` off. */
async function typeCheck(project: Project, text: string, version: (typeof typeScripts)[number]): Promise<void> {
  await project.write("typed.mts", text);
  const options = {
    compilerOptions: {
      module: "nodenext",
      target: "esnext",
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
    },
    files: ["typed.mts"],
  };
  await project.write("tsconfig.json", JSON.stringify(options));
  const [command, ...args] = compiler(version);
  expect(await run(command, [...args, "--version"], root)).toContain(`Version ${version}`);
  await run(command, [...args, "-p", project.folder], root);
}

describe("the packed driver, installed by npm in an empty project", () => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.create("driver");
    await project.install(paths("types", "codec", "core", "pool", "driver"));
    console.log(`the machine's own Node: ${(await project.nodeVersion()).trim()}`);
  });
  afterAll(() => project?.remove());

  const answer = {
    rows: [
      [1, 1, "2024-02-29"],
      [2, 2, "2024-02-29"],
      [3, 3, "2024-02-29"],
    ],
    sum: (2500 * 2501) / 2,
    isPoint: true,
  };

  it("runs a query from an ES module", async () => {
    await project.write("query.mjs", driver.esm);
    expect(JSON.parse(await project.runScript("query.mjs", env()))).toMatchObject(answer);
  });

  it("runs a query from CommonJS by require", async () => {
    await project.write("query.cjs", driver.commonJs);
    expect(JSON.parse(await project.runScript("query.cjs", env()))).toMatchObject(answer);
  });

  it.each(typeScripts)("type-checks a typed example with TypeScript %s, and refuses a wrong one", (version) =>
    typeCheck(project, driver.typed, version),
  );

  it("type-checks and runs the quick start (DRV-40, DRV-41)", async () => {
    const text = await readFile(join(root, "examples/quickstart.ts"), "utf8");
    await typeCheck(project, text, "7.0");
    const compilerOptions = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
    await project.write("quickstart.mjs", typescript.transpileModule(text, { compilerOptions }).outputText);
    const { NEO4J_TEST_URI: NEO4J_URI, NEO4J_TEST_PASSWORD: NEO4J_PASSWORD } = env();
    const variables = { NEO4J_URI, NEO4J_USERNAME: "neo4j", NEO4J_PASSWORD };
    expect(await project.runScript("quickstart.mjs", variables)).toMatch(
      /^2 nodes created in \d+ ms\n\{"name":"Alice"\}\n$/,
    );
  });

  it("type-checks and runs the README's code, but for address and password", async () => {
    const [block] = documentedCode("../README.md");
    await typeCheck(project, block!.code, "7.0");
    const { NEO4J_TEST_URI, NEO4J_TEST_PASSWORD } = env();
    const own = block!.code
      .replace("neo4j://localhost:7687", NEO4J_TEST_URI)
      .replace("your password", NEO4J_TEST_PASSWORD);
    const compilerOptions = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
    await project.write("readme.mjs", typescript.transpileModule(own, { compilerOptions }).outputText);
    expect((await project.runScript("readme.mjs")).trimEnd().split("\n")).toEqual(block!.prints);
  });

  it("takes ingest beside it", async () => {
    await project.install(paths("ingest"));
    await project.write("ingest.mjs", 'import { ingest } from "@fulgur/neo4j-ingest";\nconsole.log(typeof ingest);');
    expect((await project.runScript("ingest.mjs")).trim()).toBe("function");
  });

  it("has the fulgur command then, which ingests and prints", async () => {
    await project.write("people.csv", "id,name\n1,Ada\n2,Grace\n");
    const plan =
      "steps:\n  - source: people.csv\n    nodes: { labels: FulgurInstalled, key: id }\n    constraints: create\n";
    await project.write("plan.yaml", plan);
    const { NEO4J_TEST_URI: NEO4J_URI, NEO4J_TEST_PASSWORD: NEO4J_PASSWORD } = env();
    const variables = { NEO4J_URI, NEO4J_USERNAME: "neo4j", NEO4J_PASSWORD };
    expect(await project.runBin("fulgur", ["ingest", "plan.yaml"], variables)).toMatch(
      /^FulgurInstalled +done +2 +0 /m,
    );
    const query = "MATCH (p:FulgurInstalled) RETURN p.id AS id, p.name AS name ORDER BY id";
    expect(await project.runBin("fulgur", ["query", query], variables)).toBe(
      "id  name\n──  ─────\n 1  Ada\n 2  Grace\n",
    );
  });
});

describe("the packed core alone, installed by npm in an empty project", () => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.create("core");
    await project.install(paths("types", "codec", "core"));
  });
  afterAll(() => project?.remove());

  it("runs a query and streams records from an ES module", async () => {
    await project.write("query.mjs", core.esm);
    expect(JSON.parse(await project.runScript("query.mjs", env()))).toMatchObject({ sum: (3 * 2500 * 2501) / 2 });
  });

  it("runs a query and streams records from CommonJS by require", async () => {
    await project.write("query.cjs", core.commonJs);
    expect(JSON.parse(await project.runScript("query.cjs", env()))).toMatchObject({ sum: (3 * 2500 * 2501) / 2 });
  });

  it.each(typeScripts)("type-checks a typed example with TypeScript %s", (version) =>
    typeCheck(project, core.typed, version),
  );

  it("takes pool and driver beside it", async () => {
    await project.install(paths("pool", "driver"));
    await project.write("driver.mjs", driver.esm);
    expect(JSON.parse(await project.runScript("driver.mjs", env()))).toMatchObject({ isPoint: true });
  });
});

describe.each(publicPackages)("the package %s", (name) => {
  it("passes publint", async () => {
    await run("publint", ["run", tarballs.get(name) as string, "--strict"], root);
  });

  it("passes are-the-types-wrong", async () => {
    await run("attw", [tarballs.get(name) as string, "--profile", "esm-only"], root);
  });
});
