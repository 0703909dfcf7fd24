/** The public names of npm's `neo4j-driver` in one object: the default export, for code that imports it so. */
import { auth, clientCertificateProviders, Neo4jError } from "@fulgur/neo4j-core";
import { authTokenManagers, isRetryableError } from "@fulgur/neo4j-pool";
import { int, isInt, isUnsupportedType, isUUID, isVector, vector } from "@fulgur/neo4j-types";
import { bookmarkManager } from "./bookmark-manager.ts";
import * as constants from "./constants.ts";
import { driver } from "./factory.ts";
import { logging } from "./logging.ts";
import { graph, integer, spatial, temporal, types } from "./npm-names.ts";
import { resultTransformers } from "./result-transformers.ts";

/** A function, so that a bundler can leave it out whole: it doesn't know that spreading these objects does nothing else. */
const names = () =>
  ({
    driver,
    auth,
    authTokenManagers,
    bookmarkManager,
    clientCertificateProviders,
    resultTransformers,
    logging,
    Neo4jError,
    isRetryableError,
    ...types,
    ...graph,
    ...spatial,
    ...temporal,
    int,
    isInt,
    isVector,
    isUUID,
    isUnsupportedType,
    vector,
    types,
    graph,
    spatial,
    temporal,
    integer,
    session: constants.session,
    routing: constants.routing,
    error: constants.error,
    notificationSeverityLevel: constants.notificationSeverityLevel,
    notificationClassification: constants.notificationClassification,
    notificationCategory: constants.notificationCategory,
    notificationFilterDisabledCategory: constants.notificationFilterDisabledCategory,
    notificationFilterMinimumSeverityLevel: constants.notificationFilterMinimumSeverityLevel,
    notificationFilterDisabledClassification: constants.notificationFilterDisabledClassification,
  }) as const;

export const neo4j = /* @__PURE__ */ names();
