/** How a server's certificate is judged. */
export type Trust =
  /** Only a certificate that a certificate authority of the system (or of `trustedCertificates`) signed for this host. */
  | "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES"
  /** Only one signed by an authority of `trustedCertificates`, for this host. */
  | "TRUST_CUSTOM_CA_SIGNED_CERTIFICATES"
  /** Any: the traffic is encrypted, but nobody knows with whom. */
  | "TRUST_ALL_CERTIFICATES";
