/** Where a figure is read off the results. Names of candidates are given by their start: other drivers' have versions. */
export type Source =
  | {
      readonly part: "decode" | "encode" | "wire";
      readonly group: string;
      readonly ours: string;
      readonly to: string;
    }
  | {
      readonly part: "jobs";
      readonly group: string;
      readonly ours: string;
      readonly to: string;
      /** Wall time, or processor time of the client. */
      readonly time: "wall" | "cpu";
    }
  | { readonly part: "memory"; readonly size: "peak" | "growth" }
  | { readonly part: "mean"; readonly lists: "arrays" | "typed" }
  | { readonly part: "smallest"; readonly to: string }
  | { readonly part: "size"; readonly bundle: string }
  /** Of single calls: the ratio of times or of processor times, or the milliseconds by which ours is later. */
  | {
      readonly part: "oneByOne" | "atOnce";
      readonly to: string;
      readonly of: "ratio" | "cpuRatio" | "later";
    };

/** One figure that was asked for. */
export interface Figure {
  readonly what: string;
  /** The major version of Node that it is meant on. */
  readonly node: string;
  /** At least this ratio; of a size, at most so many kB, and of what is later, at most so many ms. */
  readonly asked: number;
  /** What would be better still. */
  readonly aim: number;
  readonly source: Source;
}

const npm = "npm neo4j-driver";

function decode(what: string, group: string, asked: number, aim: number, ours = "fulgur auto", node = "24"): Figure {
  return { what: `decode ${what} / npm`, node, asked, aim, source: { part: "decode", group, ours, to: npm } };
}

function encode(to: string, asked: number, aim: number): Figure {
  const source = { part: "encode", group: "ingest batches of 5,000", ours: "fulgur auto", to } as const;
  return { what: `ingest encode from row objects / ${to === npm ? "npm" : to}`, node: "20", asked, aim, source };
}

function wire(what: string, group: string, ours: string, to: string, asked: number, aim: number): Figure {
  return { what, node: "20", asked, aim, source: { part: "wire", group: `${group}, Node v20`, ours, to } };
}

function job(what: string, group: string, time: "wall" | "cpu", to: string, asked: number): Figure {
  const source = { part: "jobs", group: `${group}, Node 20`, ours: "fulgur, ingest()", to, time } as const;
  return { what, node: "20", asked, aim: asked, source };
}

const noGeneration = "fulgur, no code generation";

// V8's floor, the aim for nodes and maps, is no ratio to a driver: there the aim is the figure itself.
const decoding: readonly Figure[] = [
  decode("nodes", "nodes", 30, 30),
  decode("nested maps", "nested maps", 30, 30),
  decode("mixed-shape nodes", "nodes, mixed shapes", 30, 30),
  decode("integers", "integers", 25, 30),
  decode("floats", "floats", 9, 12),
  decode("float vectors to Float64Array", "vectors", 15, 20, "fulgur, typed lists"),
  decode("strings, unique", "strings, unique", 10, 13),
  decode("strings, repeated", "names, repeated", 15, 20),
  decode("strings, long and non-ASCII", "long and non-ASCII", 4.5, 6),
  ...(["24", "20"] as const).map((node) =>
    decode("nodes without code generation", "nodes", 20, 28, noGeneration, node),
  ),
];

const overall: readonly Figure[] = (["24", "20"] as const).flatMap((node): Figure[] => [
  ...(["arrays", "typed"] as const).map((lists): Figure => {
    const [asked, aim] = node === "24" ? [15, 20] : [25, 30];
    const what = `geometric mean without temporals / npm, float lists as ${lists === "arrays" ? "they come" : "typed arrays"}`;
    return { what, node, asked, aim, source: { part: "mean", lists } };
  }),
  {
    what: "every decode / msgpackr records",
    node,
    asked: 1.2,
    aim: 1.5,
    source: { part: "smallest", to: "msgpackr, records" },
  },
  {
    what: "every decode / msgpackr maps",
    node,
    asked: 2.3,
    aim: 3,
    source: { part: "smallest", to: "msgpackr, maps" },
  },
]);

const [rows, nodes] = ["stream of rows", "stream of nodes"];
const [batches, forAwait] = ["fulgur, batches", "fulgur, for await"];

const streams: readonly Figure[] = [
  wire("replayed rows, batches / npm, subscribe", rows, batches, "npm, subscribe", 10, 13),
  wire("replayed nodes, batches / npm, subscribe", nodes, batches, "npm, subscribe", 15, 25),
  wire("replayed rows, batches / Go driver", rows, batches, "Go driver", 5, 5),
  wire("replayed nodes, batches / Go driver", nodes, batches, "Go driver", 3, 3),
  wire("replayed rows, batches / Java driver", rows, batches, "Java driver", 7, 7),
  wire("replayed nodes, batches / Java driver", nodes, batches, "Java driver", 5, 5),
  wire("replayed rows, for await / Go driver", rows, forAwait, "Go driver", 2.5, 3),
  wire("replayed nodes, for await / Go driver", nodes, forAwait, "Go driver", 2, 3),
  wire("replayed rows, for await / npm, for await", rows, forAwait, "npm, for await", 10, 15),
  wire("replayed nodes, for await / npm, for await", nodes, forAwait, "npm, for await", 12, 20),
  wire("replayed ingest / npm", "ingest", "fulgur, ingest", "npm, ingest", 20, 26),
  wire("replayed ingest / Python with Rust", "ingest", "fulgur, ingest", "Python driver with Rust", 6, 8),
];

const alone = "single calls on a real server";

const calls: readonly Figure[] = [
  {
    what: `${alone}: ms later than the bare messages`,
    node: "24",
    asked: 0.15,
    aim: 0.15,
    source: { part: "oneByOne", to: "bare BEGIN, RUN, PULL, COMMIT", of: "later" },
  },
  {
    what: `${alone}: processor time / npm`,
    node: "24",
    asked: 4,
    aim: 4,
    source: { part: "oneByOne", to: npm, of: "cpuRatio" },
  },
  {
    what: "10,000 calls at once, replayed / npm",
    node: "24",
    asked: 3,
    aim: 3,
    source: { part: "atOnce", to: npm, of: "ratio" },
  },
];

const [byHand, python] = ["npm, UNWIND by hand", "Python driver with Rust"];

const ingestion: readonly Figure[] = [
  job("ingest() on a real server, client CPU / npm", "real server", "cpu", byHand, 8),
  job("ingest() on a real server, wall time / npm", "real server", "wall", byHand, 1.8),
  job("ingest() on a real server, wall time / Python with Rust", "real server", "wall", python, 1.1),
  job("ingest(), replayed / npm", "replayed", "wall", byHand, 20),
  {
    what: "ingest(), peak memory of 3,000,000 rows, MB",
    node: "20",
    asked: 400,
    aim: 400,
    source: { part: "memory", size: "peak" },
  },
  {
    what: "ingest(), peak memory of 3,000,000 rows to that of 300,000",
    node: "20",
    asked: 1.15,
    aim: 1.15,
    source: { part: "memory", size: "growth" },
  },
];

/** The figures that this suite is measured by, in the order in which they are told. */
export const figures: readonly Figure[] = [
  ...decoding,
  ...overall,
  encode(npm, 35, 45),
  encode("msgpackr, maps", 2, 3),
  ...streams,
  ...ingestion,
  ...calls,
  {
    what: "the codec package, minified and gzipped, kB",
    node: "24",
    asked: 40,
    aim: 25,
    source: { part: "size", bundle: "@fulgur/neo4j-codec" },
  },
];
