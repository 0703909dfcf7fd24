/** Requests to providers of client certificates; the suite is the provider. */
import type { ClientCertificateProvider } from "@fulgur/neo4j-driver";
import type { Conversation } from "../conversation.ts";
import { type ClientCertificateData, clientCertificateOf } from "../driver-config.ts";
import type { Handlers } from "../requests.ts";

interface Completed {
  readonly hasUpdate: boolean;
  readonly clientCertificate: ClientCertificateData;
}

export const clientCertificateRequests: Handlers = {
  NewClientCertificateProvider(_, conversation) {
    const id: string = conversation.clientCertificateProviders.add(providerOf(() => id, conversation));
    return { name: "ClientCertificateProvider", data: { id } };
  },

  ClientCertificateProviderClose({ id }: { id: string }, { clientCertificateProviders }) {
    clientCertificateProviders.delete(id);
    return { name: "ClientCertificateProvider", data: { id } };
  },
};

/** The suite answers both questions of a driver's at once. */
function providerOf(idOf: () => string, conversation: Conversation): ClientCertificateProvider {
  let latest: Completed | undefined;
  const ask = async () => {
    latest = await conversation.ask<Completed>("ClientCertificateProviderRequest", {
      clientCertificateProviderId: idOf(),
    });
    return latest;
  };
  return {
    hasUpdate: async () => (await ask()).hasUpdate,
    getClientCertificate: async () => clientCertificateOf((latest ?? (await ask())).clientCertificate),
  };
}
