import type { Model } from "../model/model.ts";
import { defaults } from "./defaults.ts";
import { encodings } from "./encodings.ts";
import { errorRules } from "./error-rules.ts";
import { handshake } from "./handshake.ts";
import { keys } from "./keys.ts";
import type { Law } from "./law.ts";
import { markers } from "./markers.ts";
import { moves } from "./moves.ts";
import { prefixes } from "./prefixes.ts";
import { ranges } from "./ranges.ts";
import { references } from "./references.ts";
import { successNames } from "./success-names.ts";
import { uniqueNames } from "./unique-names.ts";
import { uniqueSignatures } from "./unique-signatures.ts";
import { uniqueTags } from "./unique-tags.ts";

const laws: readonly Law[] = [
  ranges,
  uniqueNames,
  uniqueTags,
  uniqueSignatures,
  references,
  encodings,
  prefixes,
  keys,
  defaults,
  successNames,
  moves,
  markers,
  handshake,
  errorRules,
];

/** Every breach of a law of the model, one line each; empty if the spec is sound. */
export function checkModel(model: Model): string[] {
  return laws.flatMap((law) => law(model));
}
