import type { Profile } from "../profile.ts";
import type { NumberPlan } from "./number-plan.ts";
import type { Plan } from "./plan.ts";

const maxPlans = 256;

/** The plans of one profile's results, by statement and columns: a query that is run again starts with its plan. */
export class PlanCache {
  static readonly #caches = new WeakMap<Profile, PlanCache>();
  readonly #plans = new Map<string, Plan | NumberPlan>();

  static of(profile: Profile): PlanCache {
    let cache = PlanCache.#caches.get(profile);
    if (cache === undefined) {
      cache = new PlanCache();
      PlanCache.#caches.set(profile, cache);
    }
    return cache;
  }

  get(key: string): Plan | NumberPlan | undefined {
    const plan = this.#plans.get(key);
    if (plan !== undefined) {
      // The least recently used one is the first.
      this.#plans.delete(key);
      this.#plans.set(key, plan);
    }
    return plan;
  }

  set(key: string, plan: Plan | NumberPlan): void {
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    if (this.#plans.size > maxPlans) this.#plans.delete(this.#plans.keys().next().value as string);
  }
}
