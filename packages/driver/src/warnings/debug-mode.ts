import { environmentVariable } from "@fulgur/neo4j-core";

let fromEnvironment: boolean | undefined;

/**
 * Debug mode is for development: it warns of drivers and sessions that aren't closed, and raises all remarks of the server as
 * warnings. `NEO4J_DEBUG` switches it on for all drivers of a process; it is read once. (LOG-19)
 *
 * @param option the driver's `debug`
 */
export function isDebugMode(option: boolean | undefined): boolean {
  fromEnvironment ??= environmentVariable("NEO4J_DEBUG") !== undefined;
  return option ?? fromEnvironment;
}
