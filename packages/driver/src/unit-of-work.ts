/** Transaction functions that know the configuration of their transaction. */
import type { ManagedWork } from "./managed.ts";
import { checkedObject, checkTransactionConfig, type TransactionConfig, withConfig } from "./transaction-config.ts";

const configs = new WeakMap<object, TransactionConfig>();

/**
 * The same work with metadata and time-out of its own, for each `executeRead` or `executeWrite` that runs it; what the call says itself
 * counts more. Of units within each other the outer one counts more, each option by itself. (TX-20)
 *
 * @throws ConfigurationError for a configuration that can't be used, TypeError when the work isn't a function
 */
export function unitOfWork<T>(config: TransactionConfig, work: ManagedWork<T>): ManagedWork<T> {
  refuseUnlessFunction(work, "unit of work");
  const checked = checkTransactionConfig(checkedObject(config, "unitOfWork", ["metadata", "timeout"]));
  const unit: ManagedWork<T> = (transaction) => work(transaction);
  configs.set(unit, withConfig(configOf(work), checked));
  return unit;
}

/** What a transaction function brings along. */
export function configOf(work: ManagedWork<unknown>): TransactionConfig {
  return configs.get(work) ?? {};
}

export function refuseUnlessFunction(work: unknown, what: string): void {
  if (typeof work !== "function") throw new TypeError(`A ${what} needs a function to run, not ${typeof work}.`);
}
