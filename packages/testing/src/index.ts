export {
  type CertificateAuthority,
  type CertificatePair,
  type CertificateRequest,
  createCertificateAuthority,
  createSelfSignedCertificate,
} from "./certificate.ts";
export { Neo4jStartError, type StartFailure } from "./failure.ts";
export type { Java } from "./java.ts";
export { startNeo4j } from "./neo4j.ts";
export type { Neo4j, StartOptions, TlsOptions } from "./options.ts";
export { prepareNeo4j } from "./prepare.ts";
export type { Neo4jVersion } from "./releases.ts";
export { type Answering, answering } from "./scripted/answering.ts";
export {
  type ScriptedCluster,
  type ScriptedClusterOptions,
  type ScriptedCommit,
  startScriptedCluster,
} from "./scripted/cluster.ts";
export type { ScriptedMember, ScriptedTable } from "./scripted/cluster-member.ts";
export type { HandshakeAnswer } from "./scripted/handshake.ts";
export type { ScriptedPeer } from "./scripted/peer.ts";
export { type Recorder, startRecorder } from "./scripted/recorder.ts";
export type { RecordedExchange, Recording } from "./scripted/recording.ts";
export { startReplay } from "./scripted/replaying.ts";
export type { RequestOf, ScriptedResult } from "./scripted/said.ts";
export { ScriptError } from "./scripted/script-error.ts";
export {
  type Conversation,
  type ScriptedServer,
  type ScriptedServerOptions,
  startScriptedServer,
} from "./scripted/server.ts";
export type { ScriptedFailure, ScriptedQuery } from "./scripted/service.ts";
export { type Neo4jSupport, neo4jSupport } from "./support.ts";
