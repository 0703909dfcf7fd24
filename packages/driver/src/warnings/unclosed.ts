/** Tells of drivers and sessions that were thrown away without having been closed. In debug mode only: it costs a little. */
import { type CallSite, callerOf, emitWarning } from "@fulgur/neo4j-core";

interface Unclosed {
  readonly what: string;
  readonly site: CallSite;
}

let registry: FinalizationRegistry<Unclosed> | undefined;

/**
 * From now on, until {@link wasClosed}, the garbage collector's taking it raises a process warning. It is not kept alive. (DRV-07)
 *
 * @param what such as "driver"
 */
export function watchUnclosed(resource: object, what: string, site: CallSite): void {
  registry ??= new FinalizationRegistry(warn);
  registry.register(resource, { what, site }, resource);
}

/** It was closed in order. */
export function wasClosed(resource: object): void {
  registry?.unregister(resource);
}

function warn({ what, site }: Unclosed): void {
  const place = callerOf(site);
  const warning = Object.assign(
    new Error(`A ${what} was garbage-collected without having been closed. Call its close(), or use \`await using\`.`),
    { code: "NEO4J_UNCLOSED", ...(place === undefined ? {} : { detail: `made at ${place}` }) },
  );
  warning.name = "ResourceWarning";
  emitWarning(warning);
}
