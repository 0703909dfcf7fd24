/** What npm's neo4j-driver and our own package export, as their code and their declarations say. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript-5.9";

const require = createRequire(import.meta.url);

/** The names in a package's declarations, types included, and the properties of those that are interfaces. */
export class Declarations {
  readonly #checker: ts.TypeChecker;
  readonly #exports: Map<string, ts.Symbol>;

  constructor(packageName: string) {
    const folder = dirname(require.resolve(`${packageName}/package.json`));
    const { types, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = join(folder, types ?? exports["."].types);
    const options = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ESNext, skipLibCheck: true };
    const program = ts.createProgram([file], options);
    this.#checker = program.getTypeChecker();
    const module = this.#checker.getSymbolAtLocation(program.getSourceFile(file) as ts.SourceFile) as ts.Symbol;
    this.#exports = new Map(this.#checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  }

  get names(): string[] {
    return [...this.#exports.keys()];
  }

  /** The properties of an exported interface, inherited ones included. */
  propertiesOf(name: string): string[] {
    return this.#properties(name).map((property) => property.name);
  }

  /** Whether a property is something to call. */
  isMethod(name: string, property: string): boolean {
    const symbol = this.#properties(name).find((one) => one.name === property);
    return symbol !== undefined && this.#checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
  }

  /** The properties that are marked as deprecated. */
  deprecatedOf(name: string): string[] {
    const isDeprecated = (symbol: ts.Symbol) => symbol.getJsDocTags().some((tag) => tag.name === "deprecated");
    return this.#properties(name)
      .filter(isDeprecated)
      .map((property) => property.name);
  }

  #properties(name: string): ts.Symbol[] {
    const symbol = this.#exports.get(name);
    if (symbol === undefined) throw new Error(`There is no export ${name}.`);
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    const isPrivate = ({ valueDeclaration: at }: ts.Symbol) =>
      at !== undefined && (ts.getCombinedModifierFlags(at) & ts.ModifierFlags.Private) !== 0;
    return this.#checker
      .getDeclaredTypeOfSymbol(target)
      .getProperties()
      .filter((property) => !isPrivate(property));
  }
}

/** Names whose members an application reaches by the name: `auth.basic`, `session.READ`. Classes have none of interest. */
const groups = [
  ...[
    "auth",
    "authTokenManagers",
    "bookmarkManager",
    "clientCertificateProviders",
    "error",
    "graph",
    "integer",
    "logging",
  ],
  ...["resultTransformers", "routing", "session", "spatial", "temporal", "types"],
];

/** `auth.basic` and so on. */
export function membersOf(exports: object): string[] {
  return groups.flatMap((group) => {
    const value: unknown = Reflect.get(exports, group);
    if (typeof value !== "object" || value === null) return [];
    const own = Object.keys(value);
    const prototype = Object.getPrototypeOf(value);
    const inherited = prototype === Object.prototype ? [] : Object.getOwnPropertyNames(prototype);
    return [...own, ...inherited].filter((name) => name !== "constructor").map((name) => `${group}.${name}`);
  });
}
