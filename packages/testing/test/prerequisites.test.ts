import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { choose } from "../src/choice.ts";
import { neo4jSupport, startNeo4j } from "../src/index.ts";
import { findJavas } from "../src/java.ts";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "fulgur-prerequisites-")));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Something that looks like a Java installation. */
function installJava(name: string, version: string, programs = ["java", "javac"]): string {
  const home = join(folder, name);
  mkdirSync(join(home, "bin"), { recursive: true });
  writeFileSync(join(home, "release"), `IMPLEMENTOR="A vendor"\nJAVA_VERSION="${version}"\n`);
  for (const program of programs) {
    writeFileSync(join(home, "bin", program), "");
    chmodSync(join(home, "bin", program), 0o755);
  }
  return home;
}

describe("without Java", () => {
  it("says that none was found, and what to install", async () => {
    await expect(choose("auto", { PATH: "" }, [])).rejects.toMatchObject({
      name: "Neo4jStartError",
      reason: "java-missing",
      message: expect.stringMatching(
        /Neo4j 2026\.09 needs a JDK of version 21 or newer; Neo4j 5\.26 needs a JDK of version 17 or newer\. Found no Java .*openjdk-17-jdk/,
      ),
    });
  });

  it("names one that is too old or has no compiler", async () => {
    installJava("old", "1.8.0_312");
    installJava("runtime", "21.0.2", ["java"]);
    await expect(choose("auto", { PATH: "" }, [folder])).rejects.toThrow(
      /Found Java 1\.8\.0_312 in .*old, Java 21\.0\.2 in .*runtime \(without a compiler\)/,
    );
  });

  it("points to the version that what is here can run", async () => {
    installJava("seventeen", "17.0.15");
    await expect(choose("2026.09", { PATH: "" }, [folder])).rejects.toThrow('Or ask for version "5.26"');
  });
});

describe("the choice of a Java", () => {
  it("takes 2026.09 where a JDK of 21 or newer is, else 5.26", async () => {
    const seventeen = installJava("a17", "17.0.15");
    expect(await choose("auto", { PATH: "" }, [folder])).toMatchObject({
      release: { version: "5.26" },
      java: { home: seventeen },
    });
    const newer = installJava("b25", "25.0.3");
    expect(await choose("auto", { PATH: "" }, [folder])).toMatchObject({
      release: { version: "2026.09" },
      java: { home: newer },
    });
    expect(await choose("5.26", { PATH: "" }, [folder])).toMatchObject({ java: { home: seventeen } });
  });

  it("looks at JAVA_HOME first, then PATH, then the usual folders", async () => {
    const homes = ["third", "second", "first"].map((name) => installJava(name, "21.0.2"));
    const env = { JAVA_HOME: homes[2], PATH: join(homes[1] ?? "", "bin") };
    expect((await findJavas(env, [folder])).map((java) => java.home)).toEqual([homes[2], homes[1], homes[0]]);
  });
});

describe.skipIf(!(await findJavas(process.env)).some((java) => java.compiler && java.major >= 17))(
  "without Maven (needs a real JDK >= 17 to get that far)",
  () => {
    it("says so before anything is fetched", async () => {
      const env = { PATH: "", FULGUR_CACHE: join(folder, "cache") };
      await expect(startNeo4j({ env })).rejects.toMatchObject({
        name: "Neo4jStartError",
        reason: "maven-missing",
        message: expect.stringMatching(/^Maven is missing: no "mvn" in PATH.*Install Maven 3\.8 or newer/),
      });
      expect(await neo4jSupport({ env })).toMatchObject({
        available: false,
        reason: expect.stringContaining("Maven is missing"),
      });
    });

    it.skipIf(process.platform === "win32")("shows what Maven printed when it fails", async () => {
      const bin = join(folder, "bin");
      mkdirSync(bin);
      writeFileSync(join(bin, "mvn"), "#!/bin/sh\necho '[ERROR] no route to the repository'\nexit 1\n");
      chmodSync(join(bin, "mvn"), 0o755);
      await expect(startNeo4j({ env: { PATH: bin, FULGUR_CACHE: join(folder, "cache") } })).rejects.toMatchObject({
        reason: "fetch-failed",
        message: expect.stringMatching(/exited with code 1.*\[ERROR\] no route to the repository/s),
      });
    });
  },
);
