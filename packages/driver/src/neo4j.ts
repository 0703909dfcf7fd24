/** The public names of npm's `neo4j-driver` in one object: the default export, for code that imports it so. */
import { auth, Neo4jError } from "@fulgur/neo4j-core";
import { isRetryableError } from "@fulgur/neo4j-pool";
import { int, isInt, isUnsupportedType, isUUID, isVector, vector } from "@fulgur/neo4j-types";
import { bookmarkManager } from "./bookmarks.ts";
import * as constants from "./constants.ts";
import { driver } from "./factory.ts";
import { graph, integer, spatial, temporal, types } from "./npm-names.ts";
import { resultTransformers } from "./result-transformers.ts";

export const neo4j = {
  driver,
  auth,
  bookmarkManager,
  resultTransformers,
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
} as const;
