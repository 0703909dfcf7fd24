/**
 * Names that options have in other drivers, in older ones or in the Python driver, and what stands in their place here. Names that
 * differ only in spelling (`fetch_size`, `connectionTimeoutMs`) aren't listed: the nearest right name is found without.
 */

/** What to use instead, as the end of a sentence. */
export interface OtherNames {
  readonly [option: string]: string;
}

const trusted =
  'use a scheme with +s (the system\'s authorities) or +ssc (any certificate), or `encrypted` with `trustedCertificates`, which takes authorities or "TRUST_ALL_CERTIFICATES"';
const minimumSeverity = "use `notificationFilter: { minimumSeverityLevel }`";
const classifications = "use `notificationFilter: { disabledClassifications }`";
const retryTime = "use `maxTransactionRetryTime`, in milliseconds";

const notifications: OtherNames = {
  notificationsMinSeverity: minimumSeverity,
  notifications_min_severity: minimumSeverity,
  notificationsDisabledClassifications: classifications,
  notifications_disabled_classifications: classifications,
  notificationsDisabledCategories: classifications,
  notifications_disabled_categories: classifications,
};

export const otherDriverOptions: OtherNames = {
  ...notifications,
  disableLosslessIntegers:
    'integers are exact without a wrapper class here: `integers: "auto"` (default) gives numbers and, beyond 2^53, bigints; "number" gives numbers only',
  useBigInt: 'use `integers: "bigint"`',
  trust: trusted,
  der_encoded_server_certificate: "give the certificate in `trustedCertificates`",
  derEncodedServerCertificate: "give the certificate in `trustedCertificates`",
  ssl_context: "use `tls`",
  sslContext: "use `tls`",
  max_retry_time: retryTime,
  maxRetryTime: retryTime,
  livenessCheckTimeout: "use `connectionLivenessCheckTimeout`, in milliseconds",
  liveness_check_timeout: "use `connectionLivenessCheckTimeout`, in milliseconds",
  logger: "use `logging: { logger }`",
  auth: "it is the second argument of `driver()`",
};

const accessMode = 'use `defaultAccessMode: "READ"` or `"WRITE"`';

export const otherSessionOptions: OtherNames = {
  ...notifications,
  accessMode,
  access_mode: accessMode,
};

const ofQuery = "give it to the query: `new Query(text, { timeout, metadata })`";

export const otherQueryOptions: OtherNames = {
  defaultAccessMode: 'use `routing: "READ"` or `"WRITE"`',
  accessMode: 'use `routing: "READ"` or `"WRITE"`',
  parameters: "they are the second argument of `executeQuery`",
  transactionConfig: ofQuery,
  timeout: ofQuery,
  metadata: ofQuery,
  bookmarks: "use `bookmarkManager`",
};

const ofTransaction = "it is an option of the call that begins the transaction";

/** Of a query in a transaction, which begins nothing. */
export const otherLimits: OtherNames = { metadata: ofTransaction, timeout: ofTransaction };

const ofSession = "it is an option of `driver.session()`";

/** Of `run`, of transactions and of queries. */
export const otherTransactionOptions: OtherNames = {
  database: ofSession,
  impersonatedUser: ofSession,
  defaultAccessMode: ofSession,
  bookmarks: ofSession,
  bookmarkManager: ofSession,
  fetchSize: ofSession,
  auth: ofSession,
  txTimeout: "use `timeout`, in milliseconds",
  txMetadata: "use `metadata`",
};

export const otherFilterOptions: OtherNames = {
  disabledCategories: "use `disabledClassifications`",
};
