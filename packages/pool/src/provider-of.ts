/** Whose connections an object uses: for who looks into a driver from outside, as the conformance suite's backend does. */
import type { ConnectionProvider } from "./provider.ts";

const providers = /* @__PURE__ */ new WeakMap<object, ConnectionProvider>();

/** To be told by an object that uses a provider. */
export function usesProvider(user: object, provider: ConnectionProvider): void {
  providers.set(user, provider);
}

/** @throws TypeError for an object that uses none */
export function providerOf(user: object): ConnectionProvider {
  const provider = providers.get(user);
  if (provider === undefined) throw new TypeError("It uses no provider of connections: a driver does.");
  return provider;
}
