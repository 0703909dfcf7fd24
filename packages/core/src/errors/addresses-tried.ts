/** Errors of servers that have several addresses. */
import { ServiceUnavailable, SessionExpired } from "./availability-errors.ts";
import { BoltProtocolError } from "./bolt-protocol-error.ts";
import { UnsupportedServerProduct } from "./configuration-errors.ts";

/** Whether an error of opening a connection is about this address alone: another one may lead to a better server. A wrong password, or configuration, is wrong everywhere. */
export function isOfOneAddress(error: unknown): error is Error {
  return [ServiceUnavailable, SessionExpired, BoltProtocolError, UnsupportedServerProduct].some(
    (kind) => error instanceof kind,
  );
}

/** The error of the only address, or a ServiceUnavailable with each one's reason, and their errors as its cause. */
export function eachFailed(what: string, failures: readonly Error[]): Error {
  const [only] = failures;
  if (only !== undefined && failures.length === 1) return only;
  const reasons = failures.map(({ message }) => message).join(" ");
  return new ServiceUnavailable(`${what} ${reasons}`, { cause: new AggregateError(failures, reasons) });
}
