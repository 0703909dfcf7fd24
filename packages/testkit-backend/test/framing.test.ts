import { describe, expect, it } from "vitest";
import { type Framed, frameAnswer, RequestReader } from "../src/framing.ts";
import { jsonFloat, parseLossless, stringifyLossless } from "../src/lossless-json.ts";

const frame = (json: string) => `#request begin\n${json}\n#request end\n`;
const read = (...pieces: string[]): Framed[] => {
  const reader = new RequestReader();
  return pieces.flatMap((piece) => [...reader.push(piece)]);
};

describe("the suite's frames", () => {
  const request = { name: "NewSession", data: { driverId: "1", accessMode: "r" } };

  it("are found wherever the text is cut", () => {
    const text = frame(JSON.stringify(request));
    for (let at = 0; at <= text.length; at++) expect(read(text.slice(0, at), text.slice(at))).toEqual([request]);
  });

  it("may hold JSON of several lines, and several may come at once", () => {
    const text = frame(JSON.stringify(request, undefined, 2));
    expect(read(text + text)).toEqual([request, request]);
  });

  it("are all that counts: lines outside of them are nobody's", () => {
    expect(read(`hello\n#request end\n${frame(JSON.stringify(request))}\n`)).toEqual([request]);
  });

  it("enclose answers, which have data even if there is none", () => {
    expect(frameAnswer({ name: "RunTest" })).toBe('#response begin\n{"name":"RunTest","data":{}}\n#response end\n');
  });
});

describe("lossless JSON", () => {
  it("keeps whole numbers beyond those that are safe, both ways", () => {
    const text = '{"max":9223372036854775807,"min":-9223372036854775808,"small":7}';
    expect(parseLossless(text)).toEqual({ max: 2n ** 63n - 1n, min: -(2n ** 63n), small: 7 });
    expect(stringifyLossless(parseLossless(text))).toBe(text);
  });

  it("reads large floats as floats", () => {
    expect(parseLossless("1e300")).toBe(1e300);
    expect(parseLossless("12345678901234567890.5")).toBe(12345678901234567000);
  });

  it.each([
    [1, "1.0"],
    [-0, "-0.0"],
    [0.5, "0.5"],
    [1e300, "1e+300"],
    [-3, "-3.0"],
  ])("writes the float %d as %s", (value, text) => {
    expect(stringifyLossless(jsonFloat(value))).toBe(text);
  });
});
