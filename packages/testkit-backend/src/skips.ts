/**
 * Tests that can't tell anything about this driver: the suite knows nothing to expect of a driver of the borrowed name, or
 * forgets to ask for a version of Bolt. Anything else that doesn't work is to fail.
 */
const withoutExpectation: readonly RegExp[] = [
  /^stub\.iteration\.test_result_single\..*_with_(0_records|2_records|disconnect)$/,
];

/** Tests with parts at old versions of Bolt that don't ask whether the driver speaks them. */
const withOldParts = /^stub\.optimizations\..*\.test_uses_implicit_default_arguments_multi_query$/;

/** What the suite is told of a test that its borrowed name makes pointless. */
export const nameSkip = "The suite has no expectation for a driver called javascript";

export function skipReason(test: string): string | undefined {
  return withoutExpectation.some((pattern) => pattern.test(test)) ? nameSkip : undefined;
}

export function hasPartsToSkip(test: string): boolean {
  return withOldParts.test(test);
}

export function partSkipReason(test: string, { version }: { readonly version?: unknown }): string | undefined {
  return hasPartsToSkip(test) && version === "v4x3" ? "The driver doesn't speak Bolt 4.3" : undefined;
}
