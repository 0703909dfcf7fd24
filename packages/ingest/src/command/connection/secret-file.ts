/** Secrets in files: where no list of processes shows them. */
import { readFile } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import type { CredentialsInput } from "./credentials.ts";

/**
 * The first line of a file, or of standard input.
 *
 * @param what the secret is, such as "password"
 * @throws UsageError naming the file, and nothing that is in it
 */
export async function readSecret(
  file: string,
  what: string,
  readStandardInput: CredentialsInput["readStandardInput"],
): Promise<string> {
  const text =
    file === "-"
      ? await readStandardInput(`the ${what}`)
      : await readFile(file, "utf8").catch((error: unknown) => {
          throw new UsageError(`The ${what} file ${file} can't be read: ${failureOf(error)}.`);
        });
  const [line = ""] = text.replace(/^\u{feff}/u, "").split(/\r?\n/, 1);
  if (line === "") {
    throw new UsageError(`The first line of ${file === "-" ? "standard input" : file} holds no ${what}.`);
  }
  return line;
}
