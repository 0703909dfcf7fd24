/** This package's name and version, as servers see it: the product in HELLO's `bolt_agent`. A test compares it with package.json. */
export const product = "neo4j-fulgur/0.0.0";
