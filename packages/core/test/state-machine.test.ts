import { boltVersions, isOn, versionNumber } from "@fulgur/neo4j-codec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listStates, only, stateMachine } from "../src/connection/state-machine.ts";
import { moves, type State, states } from "../src/gen/states.ts";

const versions = fc.constantFrom(...boltVersions);

describe("the client's state machine", () => {
  it("walks exactly as the spec's moves say, whatever the answers are", () => {
    const step = fc.record({ pick: fc.nat(), said: fc.constantFrom("hasMore", "final", "finalOthersOpen", undefined) });
    fc.assert(
      fc.property(versions, fc.array(step, { maxLength: 40 }), (version, steps) => {
        const machine = stateMachine(versionNumber[version]);
        let state: State = "NEGOTIATION";
        for (const { pick, said } of steps) {
          const here = moves.filter(
            (move) => move.from.includes(state) && isOn(move.on, versionNumber[version], new Set()),
          );
          if (here.length === 0) return state === "DEFUNCT";
          const { request } = here[pick % here.length]!;
          const next = machine.next(request, state, said);
          const possible = here.filter((move) => move.request === request);
          if (next === undefined)
            expect(possible.every(({ outcome }) => outcome !== said && outcome !== undefined)).toBe(true);
          else {
            expect(possible.map(({ to }) => to)).toContain(next);
            // What is foreseen for a request holds what then happens.
            expect(machine.ahead(request, only(state), false) & only(next)).not.toBe(0);
            state = next;
          }
        }
        return true;
      }),
    );
  });

  it("foresees nothing for a request that one of the possible states refuses", () => {
    fc.assert(
      fc.property(
        versions,
        fc.constantFrom(...new Set(moves.map(({ request }) => request))),
        fc.nat(255),
        (version, request, set) => {
          const machine = stateMachine(versionNumber[version]);
          const members = states.filter((state) => (set & only(state)) !== 0);
          const each = members.map((state) => machine.ahead(request, only(state), false));
          const expected = each.includes(0) ? 0 : each.reduce((all, one) => all | one, 0);
          expect(machine.ahead(request, set, false)).toBe(expected);
        },
      ),
    );
  });

  it.each(boltVersions)("of Bolt %s leads from every state that follows login back to READY", (version) => {
    const machine = stateMachine(versionNumber[version]);
    for (const state of ["READY", "STREAMING", "TX_READY", "TX_STREAMING", "FAILED"] as const) {
      expect(machine.next("RESET", state, undefined)).toBe("READY");
    }
  });

  it("knows that all records leave none", () => {
    const machine = stateMachine(versionNumber["5.4"]);
    expect(listStates(machine.ahead("PULL", only("STREAMING"), true))).toBe("READY");
    expect(listStates(machine.ahead("PULL", only("STREAMING"), false))).toBe("READY or STREAMING");
    expect(machine.next("PULL", "STREAMING", "finalOthersOpen")).toBe("READY");
    expect(machine.next("PULL", "TX_STREAMING", "finalOthersOpen")).toBe("TX_STREAMING");
    expect(machine.next("PULL", "TX_STREAMING", "final")).toBe("TX_READY");
  });

  it("knows requests by version", () => {
    expect(stateMachine(versionNumber["5.0"]).knows("LOGON")).toBe(false);
    expect(stateMachine(versionNumber["5.1"]).knows("LOGON")).toBe(true);
    expect(stateMachine(versionNumber["5.3"]).knows("TELEMETRY")).toBe(false);
    expect(stateMachine(versionNumber["5.4"]).knows("TELEMETRY")).toBe(true);
  });
});
