import { describe, expect, it } from "vitest";
import { issuesOf } from "../issues";
import { Rule, RuleDraft } from "./schema";
import { unanswerable } from "./unfit";

const first = (rule: unknown) => {
  const parsed = Rule.safeParse(rule);
  const [issue] = parsed.success ? [] : issuesOf(parsed.error.issues);
  return issue && `${issue.path.join(".")}: ${issue.message} | ${issue.chinese}`;
};

describe("a rule of the wrong shape", () => {
  it.each([
    ["no object", 5, ": a condition is { field, is, value }"],
    ["of no kind", { zz: 1 }, ": a condition is { field, is, value }"],
    ["a group that is no list", { all: {} }, "all: should be a list"],
    ["a group beside another", { all: [], any: [] }, "any: cannot stand beside “all”"],
    ["no path", { field: "tier", is: "eq", value: "gold" }, "field: a path like member.tier"],
    [
      "no such operator",
      { all: [{ field: "member.tier", is: "foo", value: 1 }] },
      "all.0.is: “member.tier” cannot be compared so; possible: eq, ne",
    ],
    ["no operator", { not: { field: "event.x", value: 1 } }, "not.is: “event.x” cannot be compared so; possible: eq"],
    ["no value", { field: "member.tier", is: "eq" }, "value: needs a value to compare with"],
    ["a value of no kind", { field: "member.tier", is: "eq", value: { a: 1 } }, "value"],
    ["a strange key", { field: "member.tier", is: "eq", value: "gold", zz: 1 }, "zz: is not known here"],
    [
      "a measure of nothing",
      { did: "visit", measure: "sum", is: "gte", value: 1 },
      "measure: should be one of count, amount",
    ],
    ["too deep", JSON.parse(`${'{"not":'.repeat(12)}{"all":[]}${"}".repeat(12)}`), ": at most 10 levels"],
  ])("%s is told with its place and what would be right", (_what, rule, says) => {
    expect(first(rule)).toContain(says);
    expect(first(rule)).toMatch(/\p{Script=Han}/u);
  });
  it("is not complained of when it is right", () => {
    expect(
      first({
        all: [
          { field: "member.tier", is: "in", value: ["gold"] },
          { not: { any: [] } },
          { did: "visit", measure: "count", is: "gte", value: 1 },
        ],
      }),
    ).toBeUndefined();
  });
});

describe("a rule that is being written", () => {
  it("may lack what it compares with, and is a rule in everything else", () => {
    const unfinished = {
      all: [{ field: "member.tier", is: "eq" }, { not: { field: "member.points", is: "between" } }],
    };
    expect(RuleDraft.parse(unfinished)).toEqual(unfinished);
    for (const odd of [{ sum: [] }, { field: "member.tier", is: "foo" }, { field: "tier", is: "eq" }, { did: "" }, 5])
      expect(RuleDraft.safeParse(odd).success, JSON.stringify(odd)).toBe(false);
  });
});

describe("a rule that no member can answer", () => {
  it.each([
    [{ field: "member.teir", is: "eq", value: "gold" }, "field", "there is no field “member.teir”"],
    [{ field: "event.amount", is: "gte", value: 1 }, "", "a segment asks members only"],
    [{ field: "member.tier", is: "eq", value: { field: "member.name" } }, "", "a segment asks members only"],
    [{ field: "member.tier", is: "gte", value: "gold" }, "is", "cannot be compared by “gte”. Possible: eq"],
    [{ field: "member.spent", is: "gte", value: "100" }, "value", "an amount, in a document in minor units"],
    [{ field: "member.last_visit_at", is: "before", value: "yesterday" }, "value", "a date like 2026-11-22"],
    [{ field: "member.birthday", is: "within_days", value: 1.5 }, "value", "a whole number of days"],
  ] as const)("%j is told at %s", (leaf, path, says) => {
    const wrong = unanswerable({ any: [{ all: [] }, Rule.parse(leaf)] });
    expect(wrong?.path.join(".")).toBe(["any", "1", ...(path ? [path] : [])].join("."));
    expect(wrong?.says.en).toContain(says);
    expect(wrong?.says["zh-CN"]).toMatch(/\p{Script=Han}/u);
  });
  it("is none where every leaf fits its field", () => {
    const fits = [
      { field: "member.attributes.district", is: "eq", value: "黄浦" },
      { field: "member.last_visit_at", is: "before", value: "2026-11-01" },
      { field: "member.tags", is: "contains", value: "vip" },
      { did: "own_event", measure: "count", is: "lt", value: 1, days: 30 },
    ];
    expect(unanswerable(Rule.parse({ all: fits }))).toBeUndefined();
  });
});
