import type { Model } from "../model/model.ts";

/** A law of the model: one line per breach, which names the place, what is wrong and what to do. */
export type Law = (model: Model) => string[];
