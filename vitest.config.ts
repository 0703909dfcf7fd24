import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Tests see the packages' sources, not their builds: coverage and stack traces name what a person edits.
const conditions = ["@fulgur/source"];
const resolve = { conditions };
const ssr = { resolve: { conditions, externalConditions: conditions } };
const setup = fileURLToPath(new URL("./tests/reporter/counts.ts", import.meta.url));

const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  resolve,
  ssr,
  test: { name, include, ...more },
});

export default defineConfig({
  resolve,
  ssr,
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default", setup],
    projects: [
      project("unit", ["{packages/*,codegen}/test/**/*.test.ts"], {
        exclude: ["packages/testing/test/**", "**/node_modules/**"],
        testTimeout: 30_000,
      }),
      project("types", [], {
        typecheck: {
          enabled: true,
          only: true,
          checker: "tsc",
          tsconfig: "tests/types/tsconfig.json",
          include: ["tests/types/**/*.test-d.ts"],
        },
      }),
      project("spec", ["tests/{spec,drill,rows}/**/*.test.ts"], { testTimeout: 240_000, hookTimeout: 240_000 }),
      project("scripted", ["tests/scripted/**/*.test.ts"], { testTimeout: 30_000 }),
      // A server is started once a file; its start and Maven's first download are covered by the hook's time-out.
      project("live", ["tests/live/**/*.test.ts", "packages/testing/test/**/*.test.ts"], {
        testTimeout: 60_000,
        hookTimeout: 600_000,
      }),
      // A proxy between driver and a real server, and a server that is restarted under load.
      project("adversity", ["tests/adversity/**/*.test.ts"], { testTimeout: 180_000, hookTimeout: 600_000 }),
      project("install", ["tests/install/**/*.test.ts"], { testTimeout: 300_000, hookTimeout: 600_000 }),
    ],
  },
});
