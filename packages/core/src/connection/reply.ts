import type { bolt } from "@fulgur/neo4j-codec";
import type { AuthToken } from "../auth/tokens.ts";
import type { CallSite } from "../errors/call-site.ts";
import type { Answer } from "./answer.ts";
import { Deferred } from "./deferred.ts";

/** The answer to one request as a promise. */
export class Reply<Name extends keyof bolt.SuccessTypes> extends Deferred<bolt.SuccessTypes[Name]> implements Answer {
  readonly site: CallSite | undefined;
  readonly auth: AuthToken | undefined;

  constructor(site: CallSite | undefined, auth?: AuthToken) {
    super();
    this.site = site;
    this.auth = auth;
  }

  success(metadata: unknown): void {
    this.resolve(metadata as bolt.SuccessTypes[Name]);
  }

  failed(error: Error): void {
    this.reject(error);
  }
}
