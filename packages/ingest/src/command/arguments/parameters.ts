/** Parameters of a query as arguments give them: `--param name=value`. */
import { UsageError } from "../failure.ts";

/**
 * The value is JSON where it can be read as JSON (`3`, `true`, `"3"`, `[1, 2]`, `{"a": null}`), else text as it stands. A whole number beyond
 * what a double holds exactly stays exact.
 */
export async function readParameters(given: readonly string[] = []): Promise<{ [name: string]: unknown }> {
  const parameters: { [name: string]: unknown } = {};
  for (const text of given) {
    const at = text.indexOf("=");
    // What it holds is not repeated: it may be a secret without its name.
    if (at < 1) throw new UsageError("--param needs a name and a value: --param name=value.");
    const name = text.slice(0, at);
    if (Object.hasOwn(parameters, name)) throw new UsageError(`The parameter ${name} is given twice.`);
    parameters[name] = await valueOf(text.slice(at + 1));
  }
  return parameters;
}

async function valueOf(text: string): Promise<unknown> {
  // Of more than 64 bits, too, which the driver refuses: rounded it would be another number.
  if (/^-?\d+$/.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text);
  }
  const { hasLongNumbers, parseJson } = await import("../../readers/json/parse-json.ts");
  try {
    return parseJson(text, await hasLongNumbers(text));
  } catch {
    return text;
  }
}
