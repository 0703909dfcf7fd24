import { Engines, type Finding, type Input } from "./epoch.ts";
import { type Delivery, deliver, flat } from "./hear.ts";
import { difference } from "./same.ts";

/** A finding as text: how to have it again, and the smallest input that still shows it. */
export function report(seed: number, finding: Finding): string {
  const { epoch, setting, what, input } = finding;
  const lines = [
    `The engines differ: ${what}`,
    `seed ${seed}, epoch ${epoch}: ${JSON.stringify(setting)}`,
    `to have it again: run.ts --seed ${seed} --epoch ${epoch}`,
  ];
  const small = minimised(finding);
  if (small === undefined) {
    lines.push("not with fresh decoders: it needs what the epoch's earlier inputs left behind");
    lines.push(`stream ${hex(input.stream)}`, `delivery ${JSON.stringify(input.delivery)}`);
  } else {
    const [before, last] = [small.slice(0, -1), small.at(-1) as Input];
    for (const one of before) lines.push(`first ${hex(one.stream)}  ${JSON.stringify(one.delivery)}`);
    lines.push(
      `stream ${hex(last.stream)}`,
      `delivery ${JSON.stringify(last.delivery)}`,
      `minimised: ${again(finding, small)}`,
    );
  }
  return lines.join("\n");
}

/** The shortest sequence of inputs of one connection that was found to show it. */
function minimised(finding: Finding): Input[] | undefined {
  const candidates = [
    [finding.input],
    [...finding.before.slice(0, 1), finding.input],
    [...finding.before.slice(0, 2), finding.input],
    [...finding.before, finding.input],
  ];
  let found = candidates.find((inputs) => again(finding, inputs) !== undefined);
  if (found === undefined) return undefined;
  const attempt = (inputs: Input[]): boolean => {
    if (again(finding, inputs) === undefined) return false;
    found = inputs;
    return true;
  };
  for (let i = found.length - 2; i >= 0; i--) attempt(found.filter((_, k) => k !== i));
  for (let i = 0; i < found.length; i++) {
    const with1 = (input: Input): Input[] => (found as Input[]).map((one, k) => (k === i ? input : one));
    const input = (): Input => (found as Input[])[i] as Input;
    for (const change of [
      { cuts: [] },
      { late: false },
      { view: "rows" },
      { expected: undefined },
    ] as Partial<Delivery>[]) {
      attempt(with1({ ...input(), delivery: { ...input().delivery, ...change } }));
    }
    const rebuilt = (bodies: readonly Uint8Array[]): Input => ({ ...input(), bodies, stream: framed(bodies) });
    if (!attempt(with1(rebuilt(input().bodies)))) continue;
    for (let k = input().bodies.length - 1; k >= 0; k--)
      attempt(with1(rebuilt(input().bodies.filter((_, n) => n !== k))));
    for (let k = 0; k < input().bodies.length; k++) {
      for (let size = 64; size >= 1; size >>= 1) {
        for (let at = (input().bodies[k] as Uint8Array).length - size; at >= 0; at -= size) {
          const body = input().bodies[k] as Uint8Array;
          const shorter = new Uint8Array([...body.subarray(0, at), ...body.subarray(at + size)]);
          attempt(with1(rebuilt(input().bodies.map((one, n) => (n === k ? shorter : one)))));
        }
      }
    }
  }
  return found;
}

function again({ setting }: Finding, inputs: readonly Input[]): string | undefined {
  const engines = new Engines(setting);
  let decoders = engines.decoders();
  let what: string | undefined;
  for (const { stream, delivery } of inputs) {
    const heard = deliver(decoders, stream, delivery);
    what = difference(flat(heard[0] as never), flat(heard[1] as never));
    if (what !== undefined) break;
    if (heard.some(({ failed }) => failed)) decoders = engines.decoders();
  }
  return what;
}

function framed(bodies: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(bodies.flatMap((body) => [body.length >> 8, body.length & 0xff, ...body, 0, 0]));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
