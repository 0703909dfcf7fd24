import { checkIngestOptions } from "../../options/check-options.ts";
import type { Step } from "./plan.ts";

/**
 * Checks all that a step says beside its source, before anything is read or connected to.
 *
 * @throws ConfigurationError naming what is wrong
 */
export function checkStep({ name: _name, place: _place, source: _source, ...options }: Partial<Step>): void {
  checkIngestOptions({ ...options, source: [] });
}
