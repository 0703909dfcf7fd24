import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type CertificatePair, createCertificateAuthority } from "./certificate.ts";
import { type Choice, choose } from "./choice.ts";
import { Neo4jStartError } from "./failure.ts";
import type { Neo4j, StartOptions } from "./options.ts";
import { freePort } from "./port.ts";
import { prepare, titleOf } from "./prepare.ts";
import { jvmFlags, type ServerProcess, startServerProcess } from "./server-process.ts";
import { propertiesBlock, settingsFor } from "./settings.ts";

const host = "127.0.0.1";
const username = "neo4j";

/**
 * Starts a real Neo4j Community on loopback, at a free port, in a fresh temporary home, and gives it when it answers. No Docker: a JDK
 * (17 or newer) and Maven are all it needs. The first start ever fetches the jars (a minute); later ones take some seconds.
 *
 * The server ends, and its home with it, by `stop()`, by `await using`, or when this process ends in any way.
 *
 * @throws Neo4jStartError whose `reason` and message tell what was missing or went wrong
 */
export async function startNeo4j(options: StartOptions = {}): Promise<Neo4j> {
  const env = options.env ?? process.env;
  const log = options.log ?? (() => {});
  const choice = await choose(options.version ?? "auto", env);
  const { release, pin, java } = choice;
  checkOptions(options, choice);

  const title = titleOf(choice);
  const { jar, archive } = await prepare(choice, options);
  const certificates = await makeCertificates(options);
  const password = passwordFor(options);

  const start = (port: number, home?: string, takeOver?: () => Promise<void>) =>
    startServerProcess({
      java,
      jar,
      jvmFlags: jvmFlags(java, {
        fast: options.fast ?? true,
        jit: options.jit ?? "fast",
        heap: options.heap ?? "1g",
        ...(archive === undefined ? {} : { archive }),
      }),
      input: propertiesBlock({
        ...settingsFor(release, port, options),
        ...(home === undefined
          ? password === ""
            ? {}
            : { "launcher.password": password }
          : { "launcher.home": home }),
        ...(certificates === undefined
          ? {}
          : {
              "launcher.key": certificates.key,
              "launcher.certificate": certificates.certificate,
              "launcher.authority": certificates.authority,
            }),
      }),
      title,
      startTimeout: options.startTimeout ?? 120_000,
      stopTimeout: 30_000,
      env,
      log,
      takeOver,
    });
  const { port, server: first } = await onFreePort(start, title);
  let server = first;
  const { home } = first;
  const again = async (crash: boolean) => {
    const next = await start(port, home, () => server.leave(crash));
    if (next === undefined) throw new Neo4jStartError("start-failed", `Another program took port ${port} meanwhile.`);
    server = next;
  };
  let restarting: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= restarting.catch(() => {}).then(() => server.stop()));

  return {
    uri: `bolt://${host}:${port}`,
    host,
    port,
    username,
    password,
    version: pin.version,
    boltVersion: options.boltVersion ?? release.boltVersions.at(-1) ?? "",
    get pid() {
      return server.pid;
    },
    home,
    ...(certificates === undefined
      ? {}
      : { certificate: certificates.authority, certificateFile: join(home, "certificates", "ca.crt") }),
    restart: ({ crash = false } = {}) => (restarting = restarting.then(() => again(crash))),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Between our look for a free port and the server's bind another program may take it: then try the next. */
async function onFreePort(
  start: (port: number) => Promise<ServerProcess | undefined>,
  title: string,
): Promise<{ readonly port: number; readonly server: ServerProcess }> {
  const tried: number[] = [];
  while (tried.length < 5) {
    const port = await freePort();
    const server = await start(port);
    if (server !== undefined) return { port, server };
    tried.push(port);
  }
  throw new Neo4jStartError(
    "start-failed",
    `${title} found no port: others took ${tried.join(", ")} before it could bind. Try again.`,
  );
}

function checkOptions(options: StartOptions, choice: Choice): void {
  const { release, java } = choice;
  if (options.boltVersion !== undefined && !release.boltVersions.includes(options.boltVersion)) {
    // The server would take the next lower version without a word.
    throw new Neo4jStartError(
      "bad-option",
      `boltVersion "${options.boltVersion}" is not spoken by Neo4j ${release.version} (chosen for Java ${java.version}); it speaks ${release.boltVersions.join(", ")}.`,
    );
  }
  if (options.heap !== undefined && !/^\d+[kmg]$/i.test(options.heap)) {
    throw new Neo4jStartError(
      "bad-option",
      `heap "${options.heap}" is not a size that Java takes, such as "512m" or "2g".`,
    );
  }
  if (options.startTimeout !== undefined && !(options.startTimeout > 0)) {
    throw new Neo4jStartError(
      "bad-option",
      `startTimeout ${options.startTimeout} is not a positive number of milliseconds.`,
    );
  }
  if (typeof options.auth === "object" && options.auth.password === "") {
    throw new Neo4jStartError("bad-option", "auth.password is empty; give auth: false for a server without passwords.");
  }
}

function passwordFor(options: StartOptions): string {
  if (options.auth === false) return "";
  return typeof options.auth === "object" ? options.auth.password : randomBytes(18).toString("base64url");
}

async function makeCertificates(
  options: StartOptions,
): Promise<(CertificatePair & { readonly authority: string }) | undefined> {
  if (options.tls === undefined || options.tls === false) return undefined;
  const { authority: given, optional: _, ...request } = options.tls === true ? {} : options.tls;
  const authority = given ?? (await createCertificateAuthority());
  return { ...(await authority.issue(request)), authority: authority.certificate };
}
