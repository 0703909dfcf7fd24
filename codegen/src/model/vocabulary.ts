import type { DescEnum, DescFile } from "@bufbuild/protobuf";
import { docOf } from "./doc.ts";
import { SpecError } from "./failure.ts";
import type { Version, Vocabulary } from "./model.ts";
import { lowerCamel, withoutPrefix } from "./names.ts";

/**
 * Names of the enum values in options.proto. They come from the descriptors at hand, not from generated code: a version,
 * tag or state that was just added is known at once.
 */
export class Names {
  readonly #enums: ReadonlyMap<string, DescEnum>;

  constructor(optionsFile: DescFile) {
    this.#enums = new Map(optionsFile.enums.map((desc) => [desc.name, desc]));
  }

  enum(name: string): DescEnum {
    const desc = this.#enums.get(name);
    if (desc === undefined) throw new SpecError("options.proto", `enum ${name} is missing`);
    return desc;
  }

  /** The value's name without its prefix: `READY`; `undefined` for 0, which stands for "unspecified". */
  upper(enumName: string, number: number, where: string): string | undefined {
    if (number === 0) return undefined;
    const value = this.enum(enumName).value[number];
    if (value === undefined) throw new SpecError(where, `${number} is no value of ${enumName}`);
    return withoutPrefix(enumName, value.name);
  }

  /** The same in camelCase: `hasMore`. */
  camel(enumName: string, number: number, where: string): string | undefined {
    const name = this.upper(enumName, number, where);
    return name === undefined ? undefined : lowerCamel(name);
  }

  specified(enumName: string): { name: string; number: number; doc: string }[] {
    return this.enum(enumName)
      .values.filter(({ number }) => number !== 0)
      .map((value) => ({ name: withoutPrefix(enumName, value.name), number: value.number, doc: docOf(value) }))
      .sort((a, b) => a.number - b.number);
  }
}

/** The versions of enum `Bolt`, oldest first. */
export function readVersions(names: Names): Version[] {
  return names.specified("Bolt").map(({ name, number, doc }) => {
    const text = name.replace("_", ".");
    const [major, minor] = text.split(".").map(Number);
    if (major === undefined || minor === undefined || ((major << 8) | minor) !== number) {
      throw new SpecError(`BOLT_${name}`, `its number is 0x${number.toString(16)}, not major << 8 | minor`);
    }
    return { text, number, doc };
  });
}

export function readVocabulary(names: Names): Vocabulary {
  const camel = (enumName: string): string[] => names.specified(enumName).map(({ name }) => lowerCamel(name));
  return {
    states: names.specified("State").map(({ name, doc }) => ({ name, doc })),
    outcomes: camel("Outcome"),
    derivations: camel("Derivation"),
    retries: camel("Retry"),
    effects: names.specified("Effect").map(({ name, doc }) => ({ name: lowerCamel(name), doc })),
  };
}
