/** What is about the suite itself: features, skips, time. */
import { features } from "../features.ts";
import type { Framed } from "../framing.ts";
import { borrowedName } from "../names/borrowed-name.ts";
import type { Handlers } from "../requests.ts";
import { hasPartsToSkip, type PartArguments, partSkipReason, skipReason } from "../skips.ts";

const acknowledged: Framed = { name: "FakeTimeAck" };

export const controlRequests: Handlers = {
  GetFeatures: () => ({ name: "FeatureList", data: { features } }),

  StartTest({ testName }: { testName: string }, conversation) {
    conversation.showsFailuresLate = borrowedName().showsFailuresLate(testName);
    if (hasPartsToSkip(testName)) return { name: "RunSubTests" };
    return runUnless(skipReason(testName));
  },

  StartSubTest({ testName, subtestArguments }: { testName: string; subtestArguments: PartArguments }) {
    return runUnless(partSkipReason(testName, subtestArguments));
  },

  FakeTimeInstall(_, { time }) {
    time.install();
    return acknowledged;
  },

  async FakeTimeTick({ incrementMs }: { incrementMs: number }, { time }) {
    await time.tick(incrementMs);
    return acknowledged;
  },

  FakeTimeUninstall(_, { time }) {
    time.uninstall();
    return acknowledged;
  },
};

function runUnless(reason: string | undefined): Framed {
  return reason === undefined ? { name: "RunTest" } : { name: "SkipTest", data: { reason } };
}
