/** What the suite asks of a new driver, as the driver's options. */
import { createConnection } from "node:net";
import { join } from "node:path";
import type { ClientCertificate, Config, NotificationFilter } from "@fulgur/neo4j-driver";
import type { AuthorizationToken } from "./auth-token.ts";
import type { Conversation } from "./conversation.ts";
import { withoutNulls } from "./without-nulls.ts";

export interface NotificationData {
  readonly notificationsMinSeverity?: string;
  readonly notificationsDisabledCategories?: readonly string[];
}

export interface ClientCertificateData {
  readonly data: { readonly certfile: string; readonly keyfile: string; readonly password: string | null };
}

export interface NewDriverData extends NotificationData {
  readonly uri: string;
  readonly authorizationToken: AuthorizationToken | null;
  readonly authTokenManagerId: string | null;
  readonly userAgent: string | null;
  readonly resolverRegistered: boolean;
  readonly domainNameResolverRegistered: boolean;
  readonly connectionTimeoutMs: number | null;
  readonly fetchSize: number | null;
  readonly maxTxRetryTimeMs: number | null;
  readonly livenessCheckTimeoutMs: number | null;
  readonly maxConnectionPoolSize: number | null;
  readonly connectionAcquisitionTimeoutMs: number | null;
  readonly clientCertificate: ClientCertificateData | null;
  readonly clientCertificateProviderId: string | null;
  readonly telemetryDisabled?: boolean;
  readonly encrypted?: boolean;
  /** null: the system's authorities; none: any certificate. */
  readonly trustedCertificates?: readonly string[] | null;
}

/** Where the suite's own authorities are; official backends have a fixed place. */
const authorities = process.env["TESTKIT_CUSTOM_CA_DIR"] ?? "/usr/local/share/custom-ca-certificates";

export function configOf(data: NewDriverData, conversation: Conversation): Config {
  const { clientCertificate, clientCertificateProviderId: providerId } = data;
  return withoutNulls({
    userAgent: data.userAgent,
    resolver: data.resolverRegistered ? resolverOf(conversation) : null,
    connect: data.domainNameResolverRegistered ? connectorOf(conversation) : null,
    connectionTimeout: data.connectionTimeoutMs,
    fetchSize: data.fetchSize,
    maxTransactionRetryTime: data.maxTxRetryTimeMs,
    connectionLivenessCheckTimeout: data.livenessCheckTimeoutMs,
    maxConnectionPoolSize: data.maxConnectionPoolSize,
    connectionAcquisitionTimeout: data.connectionAcquisitionTimeoutMs,
    notificationFilter: notificationFilterOf(data),
    telemetryDisabled: data.telemetryDisabled,
    encrypted: data.encrypted,
    trustedCertificates: trustedOf(data.trustedCertificates),
    clientCertificate:
      clientCertificate !== null
        ? clientCertificateOf(clientCertificate)
        : providerId === null
          ? null
          : conversation.clientCertificateProviders.get(providerId),
    // Numbers are floats then, and nothing else: the suite tells the types apart.
    integers: "bigint" as const,
  });
}

export function notificationFilterOf(data: NotificationData): NotificationFilter | undefined {
  const { notificationsMinSeverity: minimum, notificationsDisabledCategories: disabled } = data;
  if (minimum === undefined && disabled === undefined) return undefined;
  return withoutNulls({
    minimumSeverityLevel: minimum as NotificationFilter["minimumSeverityLevel"],
    disabledClassifications: disabled,
  }) as NotificationFilter;
}

export function clientCertificateOf({ data }: ClientCertificateData): ClientCertificate {
  const { certfile, keyfile, password } = data;
  return { certfile, keyfile, ...(password === null ? {} : { password }) };
}

function resolverOf(conversation: Conversation): NonNullable<Config["resolver"]> {
  return async (address) => {
    const question = { address: `${address.host}:${address.port}` };
    return (await conversation.ask<{ addresses: string[] }>("ResolverResolutionRequired", question)).addresses;
  };
}

/** Who wants to look up the names of hosts gives the streams to them. */
function connectorOf(conversation: Conversation): NonNullable<Config["connect"]> {
  return async ({ host, port }) => {
    const { addresses } = await conversation.ask<{ addresses: string[] }>("DomainNameResolutionRequired", {
      name: host,
    });
    return createConnection({ host: addresses[0] ?? host, port, noDelay: true });
  };
}

function trustedOf(given: readonly string[] | null | undefined): Config["trustedCertificates"] {
  if (given === undefined) return undefined;
  if (given === null) return "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES";
  return given.length === 0 ? "TRUST_ALL_CERTIFICATES" : given.map((file) => join(authorities, file));
}
