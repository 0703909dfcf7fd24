/** What a spec says, as plain types: read from descriptors by `read.ts`, judged by `check/`, written out by `emit/`. */

/** A range of versions, both ends included, possibly bound to a HELLO patch. */
export interface When {
  readonly since?: number;
  readonly until?: number;
  readonly patch?: string;
  readonly unlessPatch?: string;
}

/** A released protocol version: its API text `"5.8"` and its number, `major << 8 | minor`. */
export interface Version {
  readonly text: string;
  readonly number: number;
  readonly doc: string;
}

export type ScalarKind = "integer" | "float" | "boolean" | "string" | "bytes" | "uuid" | "any";

/** What a field or a key holds; the same shape as the codec's `WireType`. */
export type WireType =
  | { readonly kind: ScalarKind }
  | { readonly kind: "list"; readonly of: WireType }
  | { readonly kind: "map"; readonly of: WireType }
  | { readonly kind: "structure"; readonly name: string }
  | { readonly kind: "table"; readonly name: string };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A key of a map, or a positional field of a structure or message. */
export interface Key {
  /** API name, camelCase of `source` or of the field's name. */
  readonly name: string;
  /** Name on the wire. */
  readonly key: string;
  /** The field's number: in structures and messages its position, counted from 1. */
  readonly position: number;
  readonly type: WireType;
  readonly on: readonly When[];
  readonly optional: boolean;
  /** The parsed `default_json`; absent if there is none. */
  readonly defaultValue?: { readonly json: Json };
  /** A default that isn't JSON: kept for the check that reports it. */
  readonly badDefault?: string;
  readonly missing?: string;
  readonly source?: string;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly secret: boolean;
  readonly flatten: boolean;
  readonly unit?: string;
  readonly refuseWhenUnavailable: boolean;
  readonly doc: string;
  /** Where it is declared: `fulgur.bolt.v1.TransactionExtra.db`. */
  readonly where: string;
}

export interface StructureModel {
  readonly name: string;
  readonly tag: number;
  /** The value that it carries: a class of `types`, or the structure's own name. */
  readonly value: string;
  readonly form: string;
  readonly on: readonly When[];
  readonly sendable: boolean;
  readonly fields: readonly Key[];
  readonly doc: string;
  readonly where: string;
}

export interface MoveModel {
  readonly from: readonly string[];
  readonly to: string;
  readonly outcome?: string;
  readonly on: readonly When[];
}

export interface MessageModel {
  /** The name in the spec: `Run`. */
  readonly name: string;
  /** The name in the protocol: `RUN`. */
  readonly wireName: string;
  readonly signature: number;
  readonly direction: "request" | "response";
  readonly on: readonly When[];
  readonly fields: readonly Key[];
  readonly moves: readonly MoveModel[];
  readonly ignored: readonly string[];
  readonly refused: readonly string[];
  readonly success?: string;
  readonly unanswered: boolean;
  readonly doc: string;
  readonly where: string;
}

/** A map with declared keys. */
export interface MapModel {
  readonly name: string;
  readonly keys: readonly Key[];
  readonly doc: string;
  readonly where: string;
}

export interface MarkerModel {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly type: string;
  readonly layout: "inline" | "fixed" | "tiny" | "sized";
  readonly sizeBytes: number;
  readonly fixedBytes: number;
  readonly on: readonly When[];
  readonly decodeOnly: boolean;
  readonly doc: string;
  readonly where: string;
}

export interface VectorElementModel {
  readonly name: string;
  readonly marker: number;
  readonly bytes: number;
  readonly doc: string;
}

/** A plain enum of the spec, such as the API numbers of TELEMETRY. */
export interface EnumModel {
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly number: number; readonly doc: string }[];
  readonly doc: string;
}

export interface StateModel {
  readonly name: string;
  readonly doc: string;
}

export interface ProposalModel {
  readonly major: number;
  readonly minor: number;
  readonly range: number;
}

export interface HandshakeModel {
  readonly magic: readonly number[];
  readonly proposals: readonly ProposalModel[];
  readonly manifest: number;
  readonly http: readonly number[];
  readonly doc: string;
  readonly where: string;
}

export interface ErrorRuleModel {
  readonly code: string;
  readonly treatedAs?: string;
  readonly errorClass?: string;
  readonly retry?: string;
  readonly effects: readonly string[];
  readonly where: string;
}

/** The names that the vocabulary (options.proto) knows, in the order of their numbers. */
export interface Vocabulary {
  readonly states: readonly StateModel[];
  readonly outcomes: readonly string[];
  readonly derivations: readonly string[];
  readonly retries: readonly string[];
  readonly effects: readonly { readonly name: string; readonly doc: string }[];
}

export interface Model {
  readonly versions: readonly Version[];
  readonly vocabulary: Vocabulary;
  readonly markers: readonly MarkerModel[];
  readonly vectorElements: readonly VectorElementModel[];
  readonly enums: readonly EnumModel[];
  readonly structures: readonly StructureModel[];
  readonly messages: readonly MessageModel[];
  readonly maps: readonly MapModel[];
  readonly handshakes: readonly HandshakeModel[];
  readonly errorRules: readonly ErrorRuleModel[];
  readonly errorsDoc: string;
}
