/** What is about the suite itself: features, skips, time. */

import { FakeTime } from "../fake-time.ts";
import { features } from "../features.ts";
import type { Framed } from "../framing.ts";
import type { Handlers } from "../requests.ts";
import { skipReason } from "../skips.ts";

/** There is one time in the process. */
let fakeTime: FakeTime | undefined;

const acknowledged: Framed = { name: "FakeTimeAck" };

export const controlRequests: Handlers = {
  GetFeatures: () => ({ name: "FeatureList", data: { features } }),

  StartTest({ testName }: { testName: string }) {
    const reason = skipReason(testName);
    return reason === undefined ? { name: "RunTest" } : { name: "SkipTest", data: { reason } };
  },

  StartSubTest: () => ({ name: "RunTest" }),

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
