/** The real server that jobs write to: its constraint, what a job has to leave in it, and how it becomes empty again. */
import { auth, type Driver, driver } from "@fulgur/neo4j-driver";
import { type Neo4j, startNeo4j } from "@fulgur/neo4j-testing";

export class Graph implements AsyncDisposable {
  readonly #server: Neo4j;
  readonly #db: Driver;
  #wanted: string | undefined;

  private constructor(server: Neo4j, db: Driver) {
    this.#server = server;
    this.#db = db;
  }

  static async start(): Promise<Graph> {
    // Without passwords, as the programs of peers/ log in with one of their own.
    const server = await startNeo4j({ auth: false, jit: "full", heap: "2g" });
    const db = driver(server.uri, auth.basic("neo4j", "any"));
    await db.executeQuery("CREATE CONSTRAINT person FOR (n:Person) REQUIRE n.id IS UNIQUE");
    return new Graph(server, db);
  }

  get port(): number {
    return this.#server.port;
  }

  get version(): string {
    return this.#server.version;
  }

  /** Throws if a job has not left what the first one has; then deletes it. */
  async checkAndEmpty(candidate: string): Promise<void> {
    const { records } = await this.#db.executeQuery(
      "MATCH (n:Person) RETURN count(n), sum(n.id), sum(n.age), sum(size(n.name) + size(n.email)), sum(toInteger(n.score * 1000))",
    );
    const found = JSON.stringify(records[0]?.toObject());
    this.#wanted ??= found;
    if (found !== this.#wanted) throw new Error(`${candidate} has left ${found}, and the first job ${this.#wanted}`);
    await this.empty();
  }

  async empty(): Promise<void> {
    const session = this.#db.session();
    await session.run("MATCH (n:Person) CALL (n) { DELETE n } IN 2 CONCURRENT TRANSACTIONS OF 20000 ROWS").consume();
    await session.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#db.close();
    await this.#server.stop();
  }
}
