/** Which versions of Bolt let a connection change its user. (AUTH-26, DRV-15) */
import { type BoltVersion, isOn, messages, versionNumber } from "@fulgur/neo4j-codec";
import { ConfigurationError } from "@fulgur/neo4j-core";

/** Whether this version of Bolt has LOGON and LOGOFF. */
export function canChangeUser(version: BoltVersion): boolean {
  const logon = messages.find(({ name }) => name === "LOGON");
  return logon !== undefined && isOn(logon.on, versionNumber[version], new Set());
}

export function tooOldForUsers(version: BoltVersion): ConfigurationError {
  return new ConfigurationError(
    `Another user than the driver's needs Bolt 5.1 or later, and the server speaks ${version}: make a driver for each user.`,
    { option: "auth" },
  );
}
