/**
 * Given in the place of the second constructor argument, says that the others are raw wire fields: decoding then costs
 * no calendar arithmetic, and all instances of a class share one hidden class. Not exported from the package.
 */
const rawFields = Symbol("raw wire fields");

/** The marker under the type of the argument that it stands for, so that the public signature stays clean. */
export const raw: number = rawFields as unknown as number;
