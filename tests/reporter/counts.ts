import { writeFileSync } from "node:fs";
import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

/**
 * Counts tests for the closing line of `npm test`. A file that fails to load, or an error outside any test, counts as
 * failed, which vitest's own summary leaves out. The counts go to the file that `FULGUR_TEST_COUNTS` names.
 */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") counts.passed++;
        else if (state === "failed") failedHere++;
        else counts.skipped++;
      }
      // A hook or a load that failed may leave no failed test behind.
      if (module.state() === "failed" && failedHere === 0) failedHere = 1;
      counts.failed += failedHere;
    }
    if (reason !== "passed" && counts.failed === 0) counts.failed = 1;
    const file = process.env.FULGUR_TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}
