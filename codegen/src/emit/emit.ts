import type { Model } from "../model/model.ts";
import { emitAssembly } from "./assembly.ts";
import { emitDocs } from "./docs.ts";
import { emitErrors } from "./errors.ts";
import { emitHandshake } from "./handshake.ts";
import { emitMarkers } from "./markers.ts";
import { emitMessages } from "./messages.ts";
import type { Output, Product } from "./product.ts";
import { emitStates } from "./states.ts";
import { emitStructures } from "./structures.ts";
import { emitVersions } from "./versions.ts";

type Emitter = (model: Model) => Output | readonly Output[];

/** What each product consists of, and where it lies in the repository. */
const perProduct: Readonly<Record<Exclude<Product, "all">, { root: string; emitters: readonly Emitter[] }>> = {
  types: { root: "packages/types/", emitters: [emitErrors] },
  codec: {
    root: "packages/codec/",
    emitters: [emitVersions, emitMarkers, emitStructures, emitMessages, emitAssembly],
  },
  core: { root: "packages/core/", emitters: [emitStates, emitHandshake] },
  docs: { root: "", emitters: [emitDocs] },
};

/** The files of a product; the paths of one are relative to its package, of all to the repository. */
export function emit(model: Model, product: Product): Output[] {
  if (product !== "all") return perProduct[product].emitters.flatMap((emitter) => emitter(model));
  return Object.values(perProduct).flatMap(({ root, emitters }) =>
    emitters.flatMap((emitter) => emitter(model)).map(({ path, text }) => ({ path: `${root}${path}`, text })),
  );
}
