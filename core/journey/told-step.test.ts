import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gosOf } from "../plan/order";
import type { Step } from "../plan/step";
import { anyDocument } from "../simulate/any-journey-harness";
import type { Text } from "../text";
import type { JourneyNode } from "./document";
import { kindOf, NODE_KINDS } from "./registry";
import { innerSteps, wayOf } from "./told-step";

type Node = Pick<JourneyNode, "kind" | "config">;

const stepsOf = ({ kind, config }: Node): Record<string, Step> => {
  const its = kindOf(kind);
  return its && its.family !== "trigger" ? its.compile(its.config.parse(config)) : {};
};

/** Ours in Chinese, unless it is what the author wrote, which stands for both. */
const isTold = (words: Text | null | undefined): boolean =>
  words !== undefined &&
  words !== null &&
  words.en.trim() !== "" &&
  (words.en === words["zh-CN"] || /\p{Script=Han}/u.test(words["zh-CN"]));

/** What a run's page could not tell of a node, whatever its journal holds of it. */
function untold(node: Node): string[] {
  const steps = stepsOf(node);
  const inner = innerSteps(node);
  const isOne = Object.keys(steps).length <= 1;
  const unnamed = isOne ? [] : Object.keys(steps).filter((local) => !isTold(inner[local]?.does));
  const unknown = Object.keys(inner).filter((local) => !(local in steps));
  const unsaid = Object.entries(steps).flatMap(([local, step]) => {
    const ways = new Map(gosOf(step).map((go) => [JSON.stringify(go), go]));
    return [...ways.values()]
      .filter((go) => !isTold(wayOf(node, local, go)) && !("step" in go && ways.size === 1))
      .map((go) => `${local} ${JSON.stringify(go)}`);
  });
  return [...unnamed, ...unknown, ...unsaid].map((what) => `${node.kind} ${what}`);
}

describe("a step inside a node, as a run's page tells it", () => {
  it.each(NODE_KINDS)("has words in both languages, and so has each way out of it: %s", (kind) => {
    expect(untold({ kind, config: { ...(kindOf(kind)?.initial as object) } })).toEqual([]);
  });

  it.each<Node>([
    {
      kind: "send-in-order",
      config: { ...(kindOf("send-in-order")?.initial as object), channels: ["push", "email", "sms"], silence: "next" },
    },
    {
      kind: "survey",
      config: {
        ...(kindOf("survey")?.initial as object),
        questions: [{ is: "text", id: "why", text: { en: "Why?" } }],
      },
    },
    { kind: "exit", config: {} },
  ])("has them however the node is filled in: $kind", (node) => {
    expect(untold(node)).toEqual([]);
  });

  it("has them in any journey", () => {
    fc.assert(
      fc.property(anyDocument, ({ nodes }) => {
        expect(nodes.flatMap(untold)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("tells a step from a port of the same name", () => {
    const node = {
      kind: "survey",
      config: {
        ...(kindOf("survey")?.initial as object),
        questions: [{ is: "text", id: "why", text: { en: "Why?" } }],
      },
    };
    expect(wayOf(node, "asked", { step: "answered" })).toEqual({ en: "answered", "zh-CN": "已填写" });
    expect(wayOf(node, "way", { port: "answered" })).toEqual({ en: "answered", "zh-CN": "已回答" });
  });
});
