import { describe, expect, it } from "vitest";
import { problems } from "@/core/journey/problems";
import { sayProblem } from "./say-problem";

const draft = (config: Record<string, unknown>) =>
  problems({
    name: "j",
    entry: "start",
    settings: { reentry: { is: "after_end" }, priority: 0 },
    nodes: [
      { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      { id: "r", kind: "reward", config },
    ],
    edges: [{ from: "start", port: "next", to: "r" }],
  }).filter((problem) => problem.severity === "error");

describe("a finding for people", () => {
  it("names the field by its label instead of its path, in the reader's language", () => {
    const [problem] = draft({ grants: [{ is: "coupon", offer: "" }] });
    expect(problem && sayProblem(problem, "reward", "en")).toBe("Grants: choose an offer");
    expect(problem && sayProblem(problem, "reward", "zh-CN")).toBe("奖励：请选择优惠");
  });

  it("tells any other finding as the core tells it", () => {
    const problem = {
      code: "node_unreachable",
      severity: "warning" as const,
      says: { en: "No way.", "zh-CN": "无路。" },
    };
    expect(sayProblem(problem, undefined, "zh-CN")).toBe("无路。");
  });
});
