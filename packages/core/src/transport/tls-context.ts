import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import { readCertificates, unusable } from "./certificate-files.ts";
import { type ClientIdentity, clientIdentity } from "./client-identity.ts";
import { systemAuthorities } from "./system-authorities.ts";
import type { TlsSettings } from "./transport.ts";

/** The least version of TLS. (TLS-14) */
export const minVersion = "TLSv1.2";

/**
 * What connections with the same trust and the same certificate share: making a context of the system's authorities costs some
 * milliseconds, and sessions make the next handshake shorter. Another certificate is another context, so that no session of the old one
 * is resumed. (TLS-09)
 */
export interface TlsContext {
  readonly secure: SecureContext;
  /** The last session by server and name: the name is checked in full handshakes only. */
  readonly sessions: Map<string, Uint8Array>;
}

type Contexts = WeakMap<object, Promise<TlsContext>>;

const nobody = {};
const system = {};
const anybody = {};
const byTrust = /* @__PURE__ */ new WeakMap<object, Contexts>();

/** @throws CertificateConfigurationError for files that can't be used, and what a provider throws. */
export async function tlsContext(settings: TlsSettings): Promise<TlsContext> {
  const { trustAll, authorities, clientCertificate, options } = settings;
  if (options !== undefined) return shared(options, nobody, async () => ownContext(options));
  const identity = clientCertificate === undefined ? undefined : await clientIdentity(clientCertificate);
  const trust = trustAll ? anybody : (authorities ?? system);
  return shared(trust, identity ?? nobody, () => make(settings, identity));
}

/** What couldn't be made is tried again by the next who asks: a file may have come meanwhile. */
function shared(trust: object, identity: object, create: () => Promise<SecureContext>): Promise<TlsContext> {
  let contexts = byTrust.get(trust);
  if (contexts === undefined) byTrust.set(trust, (contexts = new WeakMap()));
  const existing = contexts.get(identity);
  if (existing !== undefined) return existing;
  const created = create().then((secure) => ({ secure, sessions: new Map<string, Uint8Array>() }));
  contexts.set(identity, created);
  created.catch(() => contexts.delete(identity));
  return created;
}

async function make(
  { trustAll, authorities }: TlsSettings,
  identity: ClientIdentity | undefined,
): Promise<SecureContext> {
  const ca = trustAll
    ? undefined
    : authorities === undefined
      ? systemAuthorities()
      : await Promise.all(
          authorities.map((source, index) => readCertificates(source, `trustedCertificates[${index}]`)),
        );
  const own = identity && { cert: [...identity.cert], key: [...identity.key] };
  return createSecureContext({ minVersion, ...(ca === undefined ? {} : { ca }), ...own });
}

/** Of the user's own options, or the context itself. (TLS-06) */
function ownContext(options: object): SecureContext {
  const { secureContext } = options as { secureContext?: SecureContext };
  if (secureContext !== undefined) return secureContext;
  if ("context" in options) return options as SecureContext;
  try {
    return createSecureContext({ minVersion, ...(options as SecureContextOptions) });
  } catch (cause) {
    throw unusable("tls", "can't be used: Node makes no secure context of it.", cause);
  }
}
