import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const buf = join(
  dirname(createRequire(join(root, "spec", "package.json")).resolve("@bufbuild/buf/package.json")),
  "bin",
  "buf",
);
const guard = join(root, "codegen", "src", "guard", "main.ts");
const copies: string[] = [];

afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});

interface Edit {
  file: string;
  from: string;
  to: string;
}

/** A copy of the spec, with its baseline, in which each edit is made at the one place where it fits. */
function edited(...edits: readonly Edit[]): string {
  const copy = mkdtempSync(join(tmpdir(), "fulgur-spec-"));
  copies.push(copy);
  for (const part of ["buf.yaml", "fulgur", "baseline"]) {
    cpSync(join(root, "spec", part), join(copy, part), { recursive: true });
  }
  for (const { file, from, to } of edits) {
    const path = join(copy, "fulgur", file);
    const text = readFileSync(path, "utf8");
    expect(text.split(from).length - 1, `places for the edit in ${file}`).toBe(1);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return copy;
}

interface Run {
  status: number;
  output: string;
}

function run(command: readonly string[], cwd: string): Run {
  try {
    return {
      status: 0,
      output: execFileSync(process.execPath, [...command], {
        cwd,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      }),
    };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { status, output: `${stdout}${stderr}` };
  }
}

/** What the two say of a spec: `buf` exits 100 and the guard 1 when they find something. */
function verdict(spec: string): { caughtBy: string[]; buf: Run; guard: Run } {
  const runs = {
    buf: run([buf, "breaking", "--against", "baseline/bolt.binpb"], spec),
    guard: run([guard, spec], spec),
  };
  expect([0, 100], runs.buf.output).toContain(runs.buf.status);
  expect([0, 1], runs.guard.output).toContain(runs.guard.status);
  const caughtBy = [runs.buf.status === 0 ? "" : "buf", runs.guard.status === 0 ? "" : "guard"].filter(Boolean);
  return { caughtBy, ...runs };
}

const options = "spec/v1/options.proto";

interface Case extends Edit {
  what: string;
  caughtBy: string[];
  /** A part of what the guard prints, or buf if the guard is silent. */
  says: string;
}

const breaking: Case[] = [
  {
    what: "a tag's number",
    file: options,
    from: "TAG_NODE = 0x4E;",
    to: "TAG_NODE = 0x4F;",
    caughtBy: ["buf", "guard"],
    says: "Node: tag was 0x4E, is 0x4F, which changes Bolt 4.4, 4.4 with utc, 5.0",
  },
  {
    what: "which tag a structure has",
    file: "bolt/v1/temporal.proto",
    from: "tag: TAG_LOCAL_TIME\n",
    to: "tag: TAG_TIME\n",
    caughtBy: ["guard"],
    says: "LocalTime: tag was 0x74, is 0x54",
  },
  {
    what: "a signature's number",
    file: options,
    from: "SIGNATURE_RESET = 0x0F;",
    to: "SIGNATURE_RESET = 0x0E;",
    caughtBy: ["buf", "guard"],
    says: "Reset: signature was 0x0F, is 0x0E",
  },
  {
    what: "which signature a message has",
    file: "bolt/v1/logon.proto",
    from: "signature: SIGNATURE_LOGOFF",
    to: "signature: SIGNATURE_TELEMETRY",
    caughtBy: ["guard"],
    says: "Logoff: signature was 0x6B, is 0x54",
  },
  {
    what: "a state's number",
    file: options,
    from: "STATE_TX_STREAMING = 6;",
    to: "STATE_TX_STREAMING = 16;",
    caughtBy: ["buf"],
    says: "STATE_TX_STREAMING",
  },
  {
    what: "the state that a request leads to",
    file: "bolt/v1/transaction.proto",
    from: "from: STATE_READY\n      to: STATE_TX_READY",
    to: "from: STATE_READY\n      to: STATE_TX_STREAMING",
    caughtBy: ["guard"],
    says: "BEGIN in READY: to was TX_READY, is TX_STREAMING",
  },
  {
    what: "a state in which a request is ignored",
    file: "bolt/v1/route.proto",
    from: "    ignored: STATE_FAILED\n",
    to: "",
    caughtBy: ["guard"],
    says: "ROUTE in FAILED: on was always, is absent",
  },
  {
    what: "a state in which a request is refused",
    file: "bolt/v1/hello.proto",
    from: "refused: STATE_AUTHENTICATION",
    to: "refused: STATE_READY",
    caughtBy: ["guard"],
    says: "HELLO in AUTHENTICATION: on was always, is absent",
  },
  {
    what: "a since",
    file: "bolt/v1/hints.proto",
    from: "on: {since: BOLT_5_8}",
    to: "on: {since: BOLT_5_7}",
    caughtBy: ["guard"],
    says: "Hints.ssr_enabled: on was since 5.8, is since 5.7, which changes Bolt 5.7",
  },
  {
    what: "an until",
    file: "bolt/v1/pull.proto",
    from: "on: {until: BOLT_5_4}",
    to: "on: {until: BOLT_5_6}",
    caughtBy: ["guard"],
    says: "PullSuccess.notifications: on was until 5.4, is until 5.6, which changes Bolt 5.6",
  },
  {
    what: "the move of one version only",
    file: "bolt/v1/hello.proto",
    from: "to: STATE_AUTHENTICATION\n        on: {since: BOLT_5_1}",
    to: "to: STATE_AUTHENTICATION\n        on: {since: BOLT_5_2}",
    caughtBy: ["guard"],
    says: "HELLO in NEGOTIATION: on was until 5.0 or since 5.1, is until 5.0 or since 5.2, which changes Bolt 5.1",
  },
  {
    what: "a default",
    file: "bolt/v1/pull.proto",
    from: 'default_json: "-1"',
    to: 'default_json: "0"',
    caughtBy: ["guard"],
    says: "PullExtra.qid: default was -1, is 0",
  },
  {
    what: "an irregular wire key",
    file: "bolt/v1/hints.proto",
    from: 'json_name = "ssr.enabled"',
    to: 'json_name = "ssr"',
    caughtBy: ["buf", "guard"],
    says: "Hints.ssr_enabled: key was ssr.enabled, is ssr",
  },
  {
    what: "a regular wire key",
    file: "bolt/v1/transaction.proto",
    from: "int64 tx_timeout = 2",
    to: "int64 timeout = 2",
    caughtBy: ["buf", "guard"],
    says: "TransactionExtra.tx_timeout: on was always, is absent",
  },
  {
    what: "a key's flag",
    file: "bolt/v1/auth.proto",
    from: "optional string credentials = 3 [(fulgur.spec.v1.key) = {secret: true}];",
    to: "optional string credentials = 3;",
    caughtBy: ["guard"],
    says: "Auth.credentials: secret was true, is false",
  },
  {
    what: "a marker's size",
    file: "bolt/v1/packstream.proto",
    from: "fixed_bytes: 16",
    to: "fixed_bytes: 15",
    caughtBy: ["guard"],
    says: "PACK_STREAM_UUID: fixedBytes was 16, is 15, which changes Bolt 6.1",
  },
  {
    what: "a retry label",
    file: "bolt/v1/errors.proto",
    from: 'code: "Neo.ClientError.Cluster.NotALeader"\n        error_class: "NotALeader"\n        retry: RETRY_ALWAYS',
    to: 'code: "Neo.ClientError.Cluster.NotALeader"\n        error_class: "NotALeader"\n        retry: RETRY_NEVER',
    caughtBy: ["guard"],
    says: "error Neo.ClientError.Cluster.NotALeader: retry was always, is never",
  },
  {
    what: "an offer of the handshake",
    file: "bolt/v1/handshake.proto",
    from: "minor: 8\n        range: 2",
    to: "minor: 8\n        range: 1",
    caughtBy: ["guard"],
    says: "Handshake: offers was manifest 1, 5.8, 5.7, 5.6, 5.4",
  },
  {
    what: "a key that is added to declared versions",
    file: "bolt/v1/route.proto",
    from: "  optional string imp_user = 2;",
    to: "  optional string imp_user = 2;\n  // Where it is asked from.\n  optional string region = 3;",
    caughtBy: ["guard"],
    says: "RouteExtra.region: on was absent, is always",
  },
];

describe("the spec's guards", () => {
  it("pass the spec as it is", () => {
    const { caughtBy, guard, buf } = verdict(edited());
    expect(caughtBy, `${buf.output}${guard.output}`).toEqual([]);
  });

  for (const { what, caughtBy, says, ...edit } of breaking) {
    it(`catch a change of ${what}: ${caughtBy.join(" and ")}`, () => {
      const result = verdict(edited(edit));
      expect(result.caughtBy).toEqual(caughtBy);
      expect(caughtBy.includes("guard") ? result.guard.output : result.buf.output).toContain(says);
    });
  }

  it("report each change in a line of its own", () => {
    const { guard } = verdict(edited(...breaking.filter(({ what }) => ["a since", "a default"].includes(what))));
    const lines = guard.output.split("\n").filter((line) => / was .*, is /.test(line));
    expect(lines).toHaveLength(2);
  });

  it("pass a new version with new things, a changed move, and a key retired at the version before", () => {
    const { caughtBy, guard, buf } = verdict(
      edited(
        { file: options, from: "BOLT_6_1 = 0x0601;", to: "BOLT_6_1 = 0x0601;\n  BOLT_6_2 = 0x0602;" },
        { file: options, from: "TAG_DATE = 0x44;", to: "TAG_DATE = 0x44;\n  TAG_GADGET = 0x47;" },
        {
          file: "bolt/v1/spatial.proto",
          from: "// A point in space.",
          to: `// A gadget.
message Gadget {
  option (fulgur.spec.v1.structure) = {
    tag: TAG_GADGET
    sendable: true
    on: {since: BOLT_6_2}
  };
  // Its size.
  int64 size = 1;
}

// A point in space.`,
        },
        {
          file: "bolt/v1/transaction.proto",
          from: "  // The user in whose name it runs.\n  optional string imp_user = 6;",
          to: `  // The user in whose name it runs.
  optional string imp_user = 6 [(fulgur.spec.v1.key) = {
    on: {until: BOLT_6_1}
  }];
  // How urgent it is.
  optional int64 priority = 10 [(fulgur.spec.v1.key) = {
    on: {since: BOLT_6_2}
    default_json: "0"
  }];`,
        },
        {
          file: "bolt/v1/route.proto",
          from: "    moves: {\n      from: STATE_READY\n      to: STATE_READY\n    }",
          to: `    moves: [
      {
        from: STATE_READY
        to: STATE_READY
      },
      {
        from: STATE_TX_READY
        to: STATE_TX_READY
        on: {since: BOLT_6_2}
      }
    ]`,
        },
      ),
    );
    expect(caughtBy, `${buf.output}${guard.output}`).toEqual([]);
  });

  it("tell a spec that doesn't compile from one that differs", () => {
    const spec = edited({ file: "bolt/v1/any.proto", from: "message Any {}", to: "message Any {" });
    const { status, output } = run([guard, spec], spec);
    expect(status).toBe(2);
    expect(output).toContain("can't compare");
    expect(output).toContain("any.proto");
  });
});
