/** As whom: a user with a password, or whoever a token or a ticket is of. */
import { UsageError } from "../failure.ts";
import type { ConnectionFlags } from "./flags.ts";
import { readSecret } from "./secret-file.ts";
import type { Variables } from "./settings.ts";

/** Who one is; the server may know nobody. */
export type Credentials =
  | { readonly scheme: "none" }
  | { readonly scheme: "basic"; readonly username: string; readonly secret: string }
  | {
      readonly scheme: "bearer" | "kerberos";
      readonly secret: string;
      /** Where the next one will be when this has expired; absent where it comes from no file. */
      readonly file?: string | undefined;
    };

export interface CredentialsInput {
  /** Asks for a password without showing it. Absent where nobody can be asked. */
  readonly askPassword?: ((question: string) => Promise<string>) | undefined;
  readonly readStandardInput: (purpose: string) => Promise<string>;
}

const tokens = [
  { scheme: "bearer", variable: "NEO4J_BEARER_TOKEN", flag: "bearer-token-file", what: "token" },
  { scheme: "kerberos", variable: "NEO4J_KERBEROS_TICKET", flag: "kerberos-ticket-file", what: "ticket" },
] as const;

export const credentialNames = ["NEO4J_USERNAME", "NEO4J_PASSWORD", ...tokens.map(({ variable }) => variable)] as const;

/**
 * What flags say counts more than what the base says, whatever kind it is of.
 *
 * @throws UsageError where it is said twice, or not enough
 */
export async function credentialsOf(
  flags: ConnectionFlags,
  base: Variables,
  input: CredentialsInput,
): Promise<Credentials> {
  const passwordFlag = (["password-file", "username"] as const).find((flag) => flags[flag] !== undefined);
  const flagged = tokens.filter(({ flag }) => flags[flag] !== undefined);
  const given = [...flagged.map(({ flag }) => flag), ...(passwordFlag === undefined ? [] : [passwordFlag])];
  if (given.length > 1) throw onlyOne(given.map((flag) => `--${flag}`));
  if (passwordFlag !== undefined) return userOf(flags, base, input);
  const [byFlag] = flagged;
  if (byFlag !== undefined) {
    const file = flags[byFlag.flag] as string;
    const secret = await readSecret(file, byFlag.what, input.readStandardInput);
    return { scheme: byFlag.scheme, secret, file: file === "-" ? undefined : file };
  }
  const set = credentialNames.filter((name) => base[name] && name !== "NEO4J_USERNAME");
  if (set.length > 1) throw onlyOne(set);
  const token = tokens.find(({ variable }) => base[variable]);
  if (token !== undefined) return { scheme: token.scheme, secret: base[token.variable] as string };
  return userOf(flags, base, input);
}

async function userOf(flags: ConnectionFlags, base: Variables, input: CredentialsInput): Promise<Credentials> {
  const username = flags.username || base["NEO4J_USERNAME"];
  const file = flags["password-file"];
  const password =
    file === undefined ? base["NEO4J_PASSWORD"] : await readSecret(file, "password", input.readStandardInput);
  if (username && password) return { scheme: "basic", username, secret: password };
  if (password) throw new UsageError("There is a password but no user: give --username or NEO4J_USERNAME.");
  if (!username) return { scheme: "none" };
  if (input.askPassword === undefined) {
    throw new UsageError(
      `There is no password for the user ${username}, and no terminal to ask for it: give --password-file, --connection or NEO4J_PASSWORD.`,
    );
  }
  return { scheme: "basic", username, secret: await input.askPassword(`Password of ${username}: `) };
}

function onlyOne(names: readonly string[]): UsageError {
  return new UsageError(`Only one of ${names.join(" and ")} can say who you are.`);
}
