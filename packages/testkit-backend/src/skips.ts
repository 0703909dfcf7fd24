/**
 * Tests that can't tell anything about this driver: the suite knows nothing to expect of a driver of the borrowed name,
 * forgets to ask for a version of Bolt, or has other data. Anything else that doesn't work is to fail.
 */
import type { Framed } from "./framing.ts";
import { borrowedName } from "./names/borrowed-name.ts";
import { valueFromSuite } from "./values/from-suite.ts";

/** Tests with parts at old versions of Bolt that don't ask whether the driver speaks them. */
const withOldParts = /^stub\.optimizations\..*\.test_uses_implicit_default_arguments_multi_query$/;

/** A part for each zone that the suite's own data know; they round the local mean time of before 1900 to minutes. */
const withZones = /^neo4j\.datatypes\..*\.test_should_echo_all_timezone_ids$/;

/** What the suite is told of a test that the borrowed name makes pointless. */
export const nameSkip = "The suite has no expectation for a driver of the borrowed name";

export function skipReason(test: string): string | undefined {
  return borrowedName().hasNoExpectation(test) ? nameSkip : undefined;
}

export function hasPartsToSkip(test: string): boolean {
  return withOldParts.test(test) || withZones.test(test);
}

/** @param part what distinguishes this part of the test from the others */
export function partSkipReason(test: string, { version, dt }: PartArguments): string | undefined {
  if (withOldParts.test(test) && version === "v4x3") return "The driver doesn't speak Bolt 4.3";
  if (withZones.test(test) && dt !== undefined && !isPossible(dt)) {
    return "The zone's offset then is another one by this runtime's data";
  }
  return undefined;
}

export interface PartArguments {
  readonly version?: unknown;
  readonly dt?: Framed;
}

function isPossible(dateTime: Framed): boolean {
  try {
    valueFromSuite(dateTime);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
