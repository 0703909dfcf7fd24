import { describe, expect, it } from "vitest";
import { readPin, releases } from "../src/releases.ts";
import { propertiesBlock, settingsFor } from "../src/settings.ts";

describe("the settings of a start", () => {
  it.each(releases)("keep Neo4j $version off the network and its port on loopback", (release) => {
    const settings = settingsFor(release, 7777, {});
    expect(settings["server.bolt.listen_address"]).toBe("127.0.0.1:7777");
    expect(settings["dbms.usage_report.enabled"]).toBe("false");
    expect(settings["dbms.security.auth_enabled"]).toBe("true");
    expect(settings["server.fleet_discovery.enabled"]).toBe(release.version === "5.26" ? undefined : "false");
  });

  it("let the caller's own win over the tuning", () => {
    const [release] = releases;
    if (release === undefined) throw new Error("There are no releases.");
    expect(settingsFor(release, 1, { settings: { "db.tx_log.preallocate": "true" } })["db.tx_log.preallocate"]).toBe(
      "true",
    );
  });

  it("are written as Java properties, closed by an empty line", () => {
    expect(propertiesBlock({ a: "1", "b c": " x\\y\nz", "#d": "" })).toBe("a=1\nb\\ c=\\ x\\\\y\\nz\n\\#d=\n\n");
  });

  it.each(releases)("name the release that the pom of $version pins", async (release) => {
    expect((await readPin(release)).version.startsWith(`${release.version}.`)).toBe(true);
  });
});
