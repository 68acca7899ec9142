import { describe, expect, it } from "vitest";
import { problems } from "@/core/journey/problems";
import type { Rule } from "@/core/rules/rule";
import { leavesOf } from "@/core/rules/walk";
import { asGroup, asRoot, readRule, rowPlace } from "../rules/read";
import { isWithin, type Path } from "./place";
import { sayProblem } from "./say-problem";

const draft = (step: { kind: string; config: Record<string, unknown> }) =>
  problems({
    name: "j",
    entry: "start",
    settings: { reentry: { is: "after_end" }, priority: 0 },
    nodes: [
      { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      { id: "r", ...step },
    ],
    edges: [{ from: "start", port: "next", to: "r" }],
  }).filter((problem) => problem.severity === "error");

describe("a finding for people", () => {
  it("names the field by its label instead of its path, in the reader's language", () => {
    const reward = { kind: "reward", config: { grants: [{ is: "coupon", offer: "" }] } };
    const [problem] = draft(reward);
    expect(problem && sayProblem(problem, reward, "en")).toBe("Grants: choose an offer");
    expect(problem && sayProblem(problem, reward, "zh-CN")).toBe("奖励：请选择优惠");
  });

  it("names what an unfinished condition is about, each where it stands", () => {
    const when = {
      all: [
        { field: "member.tier", is: "exists" },
        { any: [{ field: "member.points", is: "gte" }, { not: { field: "entry.amount", is: "between" } }] },
        { did: "store_visit", measure: "count", is: "gte", value: -1 },
      ],
    };
    const step = { kind: "if", config: { when } };
    const found = draft(step).map((problem) => [problem.path, sayProblem(problem, step, "en")]);
    expect(found).toContainEqual([["when", "all", 1, "any", 0, "value"], "Points: needs a value to compare with"]);
    expect(found).toContainEqual([
      ["when", "all", 1, "any", 1, "not", "value"],
      "Amount: needs a value to compare with",
    ]);
    expect(found.find(([path]) => Array.isArray(path) && path.includes(2))?.[1]).toMatch(/^Store visit: /);
  });

  it("leads to rows that stand where its path says", () => {
    const rule = readRule({
      all: [{ field: "member.points", is: "gte" }, { not: { any: [{ field: "member.tier", is: "eq" }] } }],
    });
    const rows = (one: Rule, at: Path): Path[] =>
      asRoot(one).rules.flatMap((row, i) => {
        const place = [...at, ...rowPlace(one, i)];
        return asGroup(row) ? rows(row, place) : [place];
      });
    for (const one of [
      rule,
      { not: rule },
      readRule({ field: "member.points", is: "gte" }),
      readRule({ not: { field: "member.points", is: "gte" } }),
    ])
      expect(rows(one, ["when"])).toEqual(leavesOf(one, ["when"]).map(({ path }) => path));
    expect(isWithin(["when", "all", 12, "value"], ["when", "all", 1])).toBe(false);
    expect(isWithin(["when", "all", 1, "value"], ["when", "all", 1])).toBe(true);
  });

  it("asks for what is absent, or none of the choices, in the words of the form", () => {
    const step = (config: object) => ({ kind: "tag", config: config as Record<string, unknown> });
    const told = (config: object, locale: "en" | "zh-CN") =>
      draft(step(config)).map((problem) => sayProblem(problem, step(config), locale));
    expect(told({ tag: "x", action: "toggle" }, "en")).toEqual(["Do: choose Add or Remove"]);
    expect(told({ tag: "x" }, "zh-CN")).toEqual(["操作：请选择添加或移除"]);
    expect(told({ action: "add" }, "en")).toEqual(["Tag: fill this in"]);
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
