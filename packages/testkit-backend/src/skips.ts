/**
 * Tests that can't tell anything about this driver, since the suite knows nothing to expect of a driver of the borrowed
 * name. Anything else that doesn't work is to fail.
 */
const withoutExpectation: readonly RegExp[] = [
  /^stub\.iteration\.test_result_single\..*_with_(0_records|2_records|disconnect)$/,
];

/** What the suite is told then. */
export const nameSkip = "The suite has no expectation for a driver called javascript";

export function skipReason(test: string): string | undefined {
  if (withoutExpectation.some((pattern) => pattern.test(test))) {
    return nameSkip;
  }
  return undefined;
}
