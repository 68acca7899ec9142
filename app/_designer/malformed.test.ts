import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { portsOf, saysOf } from "@/core/journey/ask-kind";
import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import { problems } from "@/core/journey/problems";
import { sayLine } from "@/core/journey/say-value";
import { stepCalled } from "@/core/journey/step-called";
import { LOCALES } from "@/core/text";
import { readGrants } from "./fields/offers/grant-draft";
import { sizeOf } from "./geometry/size";
import { iconOfNode, kindIds, kindOf } from "./kinds";
import { sayProblem } from "./problems/say-problem";
import { readerOf } from "./reader";
import { answering } from "./rules/answers";
import { readRule } from "./rules/read";
import { sayRule } from "./rules/say";
import { EMPTY_SHELF } from "./shelf";

type Config = JourneyNode["config"];

/** A node's line as its card says it, and its name as lists do. */
function said(node: Pick<JourneyNode, "kind" | "config">): string[] {
  return LOCALES.flatMap((locale) => {
    const reader = readerOf({ ...EMPTY_SHELF, locale });
    const line = sayLine(saysOf(node), reader).map((piece) => piece.text);
    const named = { node: "", nodeKind: node.kind, nodeTitle: null, nodeSays: saysOf(node) };
    return [line.join(""), stepCalled(named, reader)];
  });
}

const drawing = (node: JourneyNode): JourneyDocument => ({
  name: "j",
  entry: "start",
  settings: { reentry: { is: "after_end" }, priority: 0 },
  nodes:
    kindOf(node.kind)?.family === "trigger"
      ? [{ ...node, id: "start" }]
      : [{ id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }, node],
  edges: [{ from: "start", port: "next", to: node.id }],
});

/** Values of every type, and names that every object has, which are none of a catalogue's. */
const json = fc.oneof(
  fc.constantFrom<unknown>(5, null, {}, [], "", true, "constructor", "__proto__", [{}], [null]),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Something else at one place of what a kind begins with. */
function spoiltAt(value: unknown, steps: number[], other: unknown): unknown {
  const [step, ...rest] = steps;
  if (typeof value !== "object" || value === null || step === undefined) return other;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const next = spoiltAt(Reflect.get(value, key), rest, other);
  return Array.isArray(value) ? value.with(Number(key), next) : { ...value, [key]: next };
}

const configs = (kind: string): fc.Arbitrary<Config> => {
  const initial = (kindOf(kind)?.initial ?? {}) as Config;
  const spoilt = fc
    .tuple(fc.array(fc.nat(9), { maxLength: 5 }), json)
    .map(([steps, other]) => spoiltAt(initial, steps, other))
    .filter((config): config is Config => typeof config === "object" && config !== null && !Array.isArray(config));
  return fc.oneof(
    spoilt,
    fc.record(Object.fromEntries(Object.keys(initial).map((key) => [key, json])), { requiredKeys: [] }),
  );
};

describe("a step whose settings hold anything at all", () => {
  it.each(kindIds)("is said, measured and looked through: %s", (kind) => {
    fc.assert(
      fc.property(configs(kind), (config) => {
        const node = { id: "n", kind, config };
        for (const text of said(node)) expect(text).toBeTypeOf("string");
        for (const { id, name } of portsOf(node))
          expect([id, name.en, name["zh-CN"]].every((one) => typeof one === "string")).toBe(true);
        expect(sizeOf(node, portsOf).width).toBeGreaterThan(0);
        expect(iconOfNode(node)).toBeTypeOf("string");
        answering({ nodes: [node] }, () => "");
        readGrants(config.grants);
        for (const value of Object.values(config)) sayRule(readRule(value), EMPTY_SHELF);
        for (const problem of problems(drawing(node), { offers: [] }))
          for (const locale of LOCALES) expect(sayProblem(problem, node, locale)).toBeTypeOf("string");
      }),
      { numRuns: 60 },
    );
  });

  it("says “…” for what is no value, and finds the mistake", () => {
    for (const config of [{ for: 5 }, { for: {} }]) {
      expect(said({ kind: "delay", config })[0]).toBe("Wait …");
      expect(problems(drawing({ id: "n", kind: "delay", config })).map(({ path }) => path)).toContainEqual(["for"]);
    }
    expect(said({ kind: "wait-for", config: { event: 7, when: { all: [] }, within: "P7D" } })[0]).toBe(
      "Wait for …, at most 7 days",
    );
  });

  it("says a rule that names what every object has", () => {
    const odd = { did: "constructor", measure: "count", is: "gte", value: 1 };
    for (const locale of LOCALES) expect(sayRule(odd, { ...EMPTY_SHELF, locale })).toMatch(/constructor/i);
  });
});
