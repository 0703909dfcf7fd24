export {
  type CertificateAuthority,
  type CertificatePair,
  type CertificateRequest,
  createCertificateAuthority,
} from "./certificate.ts";
export { Neo4jStartError, type StartFailure } from "./failure.ts";
export type { Java } from "./java.ts";
export { startNeo4j } from "./neo4j.ts";
export type { Neo4j, StartOptions, TlsOptions } from "./options.ts";
export { prepareNeo4j } from "./prepare.ts";
export type { Neo4jVersion } from "./releases.ts";
export { type Neo4jSupport, neo4jSupport } from "./support.ts";
