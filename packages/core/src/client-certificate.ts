import { ConfigurationError } from "@fulgur/neo4j-types";
import { type CertificateSource, isCertificateSource } from "./trust.ts";

/** A private key, where it has a passphrase of its own. */
export interface KeyFile {
  readonly path: CertificateSource;
  readonly password?: Passphrase | undefined;
}

/** What an encrypted key is opened with; a function is called when the key is read. */
export type Passphrase = string | (() => string | Promise<string>);

/**
 * Who this client is, for a server that asks for a certificate (mutual TLS). It is a second factor: the auth token is still needed. Files
 * are read when the first connection is opened. (TLS-07, TLS-08)
 */
export interface ClientCertificate {
  /** The certificate, with those between it and the authority behind it. Several files for several keys. */
  readonly certfile: CertificateSource | readonly CertificateSource[];
  /** Its private key. Left out where `certfile` holds it as well. */
  readonly keyfile?: CertificateSource | KeyFile | readonly (CertificateSource | KeyFile)[] | undefined;
  /** Opens keys that are encrypted. */
  readonly password?: Passphrase | undefined;
}

/**
 * Gives a client certificate that changes. It is asked each time that a connection is opened; connections that are open keep the
 * certificate that they have. What it does counts as opening (`connectionTimeout`, `connectionAcquisitionTimeout`), and it must not use
 * the driver itself. (TLS-09, TLS-11)
 */
export interface ClientCertificateProvider {
  /** Whether there is another certificate than the one last given. */
  hasUpdate(): boolean | Promise<boolean>;
  /** The certificate to use from now on; called for the first connection, and whenever `hasUpdate` said true. */
  getClientCertificate(): ClientCertificate | Promise<ClientCertificate>;
}

/** A provider whose certificate is replaced by a call. (TLS-10) */
export interface RotatingClientCertificateProvider extends ClientCertificateProvider {
  /**
   * Connections that are opened from now on use this certificate.
   *
   * @throws ConfigurationError for what is no client certificate
   */
  updateCertificate(certificate: ClientCertificate): void;
}

/** The type of {@link clientCertificateProviders}. */
export interface ClientCertificateProviders {
  /** A provider of one certificate, which never changes: what `clientCertificate: { certfile … }` is short for. */
  static(certificate: ClientCertificate): ClientCertificateProvider;
  /** A provider of a certificate that `updateCertificate` replaces. */
  rotating(options: { readonly initialCertificate: ClientCertificate }): RotatingClientCertificateProvider;
}

const option = "clientCertificate";

/** Providers of client certificates, for the option `clientCertificate`. (TLS-10) */
export const clientCertificateProviders: ClientCertificateProviders = {
  static(certificate) {
    const given = checkedCertificate(certificate);
    return { hasUpdate: () => false, getClientCertificate: () => given };
  },
  rotating({ initialCertificate }) {
    let current = checkedCertificate(initialCertificate);
    let isNew = false;
    return {
      hasUpdate: () => isNew,
      getClientCertificate() {
        isNew = false;
        return current;
      },
      updateCertificate(certificate) {
        current = checkedCertificate(certificate);
        isNew = true;
      },
    };
  },
};

/**
 * Checks what is given as `clientCertificate`; files aren't read yet.
 *
 * @throws ConfigurationError; nothing of a value is repeated.
 */
export function checkClientCertificate(value: unknown): ClientCertificateProvider | undefined {
  if (value === undefined || value === null) return undefined;
  return isProvider(value) ? value : clientCertificateProviders.static(value as ClientCertificate);
}

function isProvider(value: unknown): value is ClientCertificateProvider {
  const provider = value as Partial<ClientCertificateProvider>;
  return typeof provider.hasUpdate === "function" && typeof provider.getClientCertificate === "function";
}

/** A copy, so that nobody changes it afterwards. */
export function checkedCertificate(value: unknown): ClientCertificate {
  if (typeof value !== "object" || value === null || !("certfile" in value)) {
    return refuse("must be { certfile, keyfile, password } or a provider with hasUpdate() and getClientCertificate()");
  }
  const { certfile, keyfile, password } = value as { [name: string]: unknown };
  const unknown = Object.keys(value).find((key) => !["certfile", "keyfile", "password"].includes(key));
  if (unknown !== undefined) refuse(`has the unknown key ${unknown}; there are certfile, keyfile and password`);
  const certificates = listOf(certfile);
  if (certificates.length === 0 || !certificates.every(isCertificateSource)) {
    refuse("has a certfile that is no path of a file, PEM text, file URL or bytes, or a list of such");
  }
  const keys = listOf(keyfile);
  if (!keys.every((key) => isCertificateSource(key) || isKeyFile(key))) {
    refuse(
      "has a keyfile that is no path of a file, PEM text, file URL, bytes or { path, password }, or a list of such",
    );
  }
  if (!isPassphrase(password)) refuse("has a password that is neither a text nor a function that gives one");
  return Object.freeze({ certfile: certificates, keyfile: keys, password } as ClientCertificate);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? [...value] : [value];
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== "object" || value === null) return false;
  const { path, password } = value as { [name: string]: unknown };
  return isCertificateSource(path) && isPassphrase(password);
}

function isPassphrase(value: unknown): value is Passphrase | undefined {
  return value === undefined || value === null || typeof value === "string" || typeof value === "function";
}

function refuse(problem: string): never {
  throw new ConfigurationError(`The option \`${option}\` ${problem}.`, { option });
}
