/** The options that the declarations promise are the ones that are taken. */
import { ConfigurationError, driver, ServiceUnavailable } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { Declarations } from "./npm-exports.ts";

const declared = new Declarations("@fulgur/neo4j-driver");
const nobody = "bolt://127.0.0.1:1";

/** An options object for each option alone, with nothing as its value. */
const alone = (type: string) =>
  declared.propertiesOf(type).flatMap((option) => [{ [option]: undefined }, { [option]: null }] as object[]);

describe("every declared option, with undefined or null as its value, is the default", () => {
  it("of the driver (DRV-44)", () => {
    expect(declared.propertiesOf("Config").length).toBeGreaterThan(20);
    for (const config of alone("Config")) expect(driver(nobody, null, config).closed).toBe(false);
  });

  it("of sessions (DRV-44)", () => {
    expect(declared.propertiesOf("SessionConfig").length).toBeGreaterThan(7);
    const db = driver(nobody);
    for (const config of alone("SessionConfig")) expect(db.session(config).closed).toBe(false);
  });

  it("of executeQuery (DRV-44)", async () => {
    const db = driver(nobody);
    for (const config of alone("ExecuteQueryConfig")) {
      await expect(db.executeQuery("RETURN 1", {}, config), JSON.stringify(config)).rejects.toThrow(ServiceUnavailable);
    }
  });

  it.each(["run", "executeRead", "beginTransaction"] as const)("of %s (DRV-44)", async (use) => {
    const session = driver(nobody).session();
    for (const config of alone(use === "beginTransaction" ? "BeginConfig" : "CallConfig")) {
      const call = async (): Promise<unknown> => {
        if (use === "run") return session.run("RETURN 1", {}, config);
        if (use === "executeRead") return session.executeRead((tx) => tx.run("RETURN 1"), config);
        return (await session.beginTransaction(config)).run("RETURN 1");
      };
      await expect(call(), JSON.stringify(config)).rejects.toThrow(ServiceUnavailable);
      await expect(call()).rejects.not.toThrow(ConfigurationError);
    }
  });
});
