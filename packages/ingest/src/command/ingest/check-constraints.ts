/** Asks the server which keys of a plan have no constraint or index; changes nothing. */
import { seeToKeys } from "../../constraints/key-indexes.ts";
import { writePlan } from "../../mapping/write-plan.ts";
import { checkTarget } from "../../options/check-targets.ts";
import { connect } from "../connection/connect.ts";
import type { ConnectionFlags } from "../connection/flags.ts";
import type { Plan } from "../plan/plan.ts";
import type { Terminal } from "../terminal.ts";

export interface ConstraintRemark {
  readonly step: string;
  readonly code: string;
  readonly message: string;
}

export async function checkConstraints(
  plan: Plan,
  flags: ConnectionFlags,
  terminal: Terminal,
): Promise<ConstraintRemark[]> {
  await using driver = await connect(flagsOf(plan, flags), terminal);
  const remarks: ConstraintRemark[] = [];
  for (const step of plan.steps) {
    await seeToKeys(driver, writePlan(checkTarget(step)).keys, {
      mode: "check",
      database: undefined,
      signal: undefined,
      warn: ({ code, message }) => remarks.push({ step: step.name, code, message }),
    });
  }
  return remarks;
}

/** What the plan says of its server, where no flag says it. */
export function flagsOf(plan: Plan, flags: ConnectionFlags): ConnectionFlags {
  return { ...flags, connection: flags.connection ?? plan.connection, database: flags.database ?? plan.database };
}
