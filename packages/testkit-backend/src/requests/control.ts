/** What is about the suite itself: features, skips, time. */

import { FakeTime } from "../fake-time.ts";
import { features } from "../features.ts";
import type { Framed } from "../framing.ts";
import type { Handlers } from "../requests.ts";
import { hasPartsToSkip, partSkipReason, skipReason } from "../skips.ts";

/** There is one time in the process. */
let fakeTime: FakeTime | undefined;

const acknowledged: Framed = { name: "FakeTimeAck" };

export const controlRequests: Handlers = {
  GetFeatures: () => ({ name: "FeatureList", data: { features } }),

  StartTest({ testName }: { testName: string }) {
    if (hasPartsToSkip(testName)) return { name: "RunSubTests" };
    return runUnless(skipReason(testName));
  },

  StartSubTest({ testName, subtestArguments }: { testName: string; subtestArguments: { version?: unknown } }) {
    return runUnless(partSkipReason(testName, subtestArguments));
  },

  FakeTimeInstall() {
    fakeTime?.uninstall();
    fakeTime = new FakeTime();
    fakeTime.install();
    return acknowledged;
  },

  async FakeTimeTick({ incrementMs }: { incrementMs: number }) {
    await fakeTime?.tick(incrementMs);
    return acknowledged;
  },

  FakeTimeUninstall() {
    fakeTime?.uninstall();
    fakeTime = undefined;
    return acknowledged;
  },
};

function runUnless(reason: string | undefined): Framed {
  return reason === undefined ? { name: "RunTest" } : { name: "SkipTest", data: { reason } };
}
