import { existsSync } from "node:fs";
import { provide } from "./cache.ts";
import type { Java } from "./java.ts";
import { freePort } from "./port.ts";
import type { Release } from "./releases.ts";
import { jvmFlags, startServerProcess } from "./server-process.ts";
import { propertiesBlock, settingsFor } from "./settings.ts";

/**
 * A class-data archive for a launcher jar: it halves the time of a start. Made once by a rehearsal that loads what a first query loads.
 * Without it everything works, only slower, so a failure here is told and not thrown.
 */
export async function classArchive(
  release: Release,
  java: Java,
  jar: string,
  title: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<string | undefined> {
  try {
    return await provide(jar.replace(/\.jar$/, ".jsa"), async (draft) => {
      log("Preparing a class-data archive, once: later starts take half the time");
      for (let attempt = 0; attempt < 3 && !existsSync(draft); attempt++) {
        const properties = {
          ...settingsFor(release, await freePort(), {}),
          "launcher.password": "rehearsal",
          "launcher.rehearse": "yes",
        };
        const server = await startServerProcess({
          java,
          jar,
          jvmFlags: [
            ...jvmFlags(java, { fast: true, jit: "fast", heap: "1g" }),
            `-XX:ArchiveClassesAtExit=${draft}`,
            "-Xlog:disable",
          ],
          input: propertiesBlock(properties),
          title,
          startTimeout: 180_000,
          stopTimeout: 180_000,
          env,
          log: () => {},
        });
        await server?.stop();
      }
      if (!existsSync(draft)) throw new Error("Java ended without writing it.");
    });
  } catch (error) {
    log(`No class-data archive, so starts are slower: ${(error as Error).message}`);
    return undefined;
  }
}
