/**
 * What the suite wants to see of a driver and no application has to: its routing tables and how many connections it has. There is no
 * public way to it, so the driver shows its provider under a symbol.
 */
import type { Driver } from "@fulgur/neo4j-driver";
import type { ConnectionProvider } from "@fulgur/neo4j-pool";

export function providerOf(driver: Driver): ConnectionProvider {
  return Reflect.get(driver, Symbol.for("fulgur.neo4j.provider"));
}
