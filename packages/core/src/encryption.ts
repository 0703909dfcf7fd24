import { ConfigurationError } from "@fulgur/neo4j-types";
import {
  type ClientCertificate,
  type ClientCertificateProvider,
  checkClientCertificate,
} from "./client-certificate.ts";
import type { TlsSettings } from "./transport/transport.ts";
import { checkTrustedCertificates, type TrustedCertificates } from "./trust.ts";
import type { BoltUri } from "./uri.ts";

/** Options of Node's `tls.connect`, or a SecureContext of `tls.createSecureContext`. */
export type TlsOptions = object;

/** The options that say whether and how to encrypt, as given or as checked. */
export interface EncryptionOptions {
  readonly encrypted?: boolean | undefined;
  readonly trustedCertificates?: TrustedCertificates | undefined;
  readonly clientCertificate?: ClientCertificate | ClientCertificateProvider | undefined;
  readonly tls?: TlsOptions | undefined;
  readonly serverName?: string | undefined;
}

/** What a scheme with +s or +ssc decides by itself. */
const decided = ["encrypted", "trustedCertificates", "tls"] as const;

/**
 * Whether and how a connection to a URI is encrypted. No file is read. (TLS-01, TLS-13)
 *
 * @returns `undefined` without encryption.
 * @throws ConfigurationError for an option that can't be used, or not with this scheme.
 */
export function tlsSettings(uri: BoltUri, options: EncryptionOptions): TlsSettings | undefined {
  const { encrypted, serverName = uri.host } = options;
  const trusted = checkTrustedCertificates(options.trustedCertificates);
  const clientCertificate = checkClientCertificate(options.clientCertificate);
  const tls = checkTlsOptions(options.tls);
  if (uri.encrypted) refuseDecided(uri, options);
  // Options of the user's own make the others moot. (TLS-06)
  else if (tls !== undefined) return { trustAll: false, serverName, options: tls };
  else if (!encrypted) return undefined;
  const judged = uri.trust ?? trusted;
  return {
    trustAll: judged === "TRUST_ALL_CERTIFICATES",
    ...(typeof judged === "object" ? { authorities: judged } : {}),
    serverName,
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
}

/** A copy, unless it is frozen already or a SecureContext. @throws ConfigurationError if it is no object. */
export function checkTlsOptions(value: unknown): TlsOptions | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object" && !Array.isArray(value)) {
    return "context" in value || Object.isFrozen(value) ? value : Object.freeze({ ...value });
  }
  throw new ConfigurationError(
    "The option `tls` must be an object of options of Node's tls.connect, or a SecureContext.",
    { option: "tls" },
  );
}

function refuseDecided({ scheme }: BoltUri, options: EncryptionOptions): void {
  const [plain] = scheme.split("+");
  for (const option of decided) {
    if (options[option] === undefined || options[option] === null) continue;
    throw new ConfigurationError(
      `The option \`${option}\` can't be used with the scheme ${scheme}, which decides about encryption and trust itself: use it with bolt:// or neo4j://, as in ${plain}:// with \`encrypted: true\`.`,
      { option },
    );
  }
}
