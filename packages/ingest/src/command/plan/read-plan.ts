/** Reads a plan file, and says all that is wrong with it, each at its line. */
import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { ConfigurationError } from "@fulgur/neo4j-driver";
import { UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import { checkStep } from "./check-step.ts";
import { Place } from "./place.ts";
import type { Plan, Step } from "./plan.ts";
import { planShape } from "./shapes.ts";

/** @throws UsageError with a line `file:line:column: what is wrong` for each mistake */
export async function readPlan(file: string): Promise<Plan> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`The plan ${file} can't be read: ${failureOf(error)}.`);
  });
  return parsePlan(text, file);
}

export function parsePlan(text: string, file: string): Plan {
  const root = Place.of(text, file);
  const plan = planShape(root);
  const steps = plan && namedSteps(plan.steps, stepPlaces(root));
  root.findings.throwAny();
  const { checkpoint = true, rejected, connection, database } = plan!;
  const folder = dirname(file);
  return {
    name: file,
    folder,
    connection: connection && resolve(folder, connection),
    database,
    checkpoint:
      checkpoint === false
        ? undefined
        : resolve(folder, checkpoint === true ? `${basename(file).replace(/\.ya?ml$/i, "")}.checkpoint` : checkpoint),
    rejected: rejected && resolve(folder, rejected),
    steps: steps!,
  };
}

function stepPlaces(root: Place): readonly Place[] {
  return root.entries?.find(({ key }) => key === "steps")?.value.items ?? [];
}

type CheckedStep = Omit<Step, "name"> & { readonly name?: string };

function namedSteps(steps: readonly CheckedStep[], places: readonly Place[]): Step[] {
  const taken = new Set<string>();
  return steps.map((step, index) => {
    const place = places[index]!;
    try {
      checkStep(step);
    } catch (error) {
      const { option = "", message } = error as ConfigurationError;
      place.within(option.split(".")).refuse(message.replace(/^The option `[^`]*` of ingest can't be used: |\.$/g, ""));
    }
    const name = step.name ?? [step.nodes?.labels ?? []].flat()[0] ?? step.relationships?.type ?? `step ${index + 1}`;
    let unique = name;
    for (let again = 2; taken.has(fileName(unique)); again++) unique = `${name} ${again}`;
    if (unique !== name && step.name !== undefined) keyOf(place, "name").refuse(`another step is called ${name} too`);
    taken.add(fileName(unique));
    return { ...step, name: unique, place: String(place) };
  });
}

/** A step's name as the name of its files. */
export function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "step"
  );
}

function keyOf(place: Place, key: string): Place {
  return place.entries?.find((entry) => entry.key === key)?.at ?? place;
}
