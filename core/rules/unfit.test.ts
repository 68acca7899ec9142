import { describe, expect, it } from "vitest";
import { fieldAt } from "./fields";
import type { Literal } from "./rule";
import { unfit } from "./unfit";

function wrong(field: string, value: Literal[]): string | undefined {
  const about = fieldAt(field);
  if (!about) throw new Error(`no field ${field}`);
  return unfit({ field, is: "between", value }, about)?.says.en;
}

describe("between", () => {
  it.each<[string, Literal[]]>([
    ["member.points", [100, 500]],
    ["member.points", [100, 100]],
    ["member.points", [-5, 0]],
    ["member.joined_at", ["2026-01-01", "2026-02-01"]],
    ["member.joined_at", ["2026-01-01", "2026-01-01T08:00:00Z"]],
    ["member.attributes.seats", [2, 10]],
  ])("holds two ends: %s %j", (field, value) => {
    expect(wrong(field, value)).toBeUndefined();
  });

  it.each<[string, Literal[]]>([
    ["member.points", [100]],
    ["member.points", ["", 500]],
    ["member.attributes.seats", ["", 500]],
    ["member.joined_at", ["2026-01-01", ""]],
  ])("is unfinished with one: %s %j", (field, value) => {
    expect(wrong(field, value)).toContain("two values, from and to");
  });

  it.each<[string, Literal[]]>([
    ["member.points", [200, 2]],
    ["member.joined_at", ["2026-02-01", "2026-01-01"]],
    ["member.joined_at", ["2026-01-01T08:00:00+08:00", "2025-12-31T23:00:00Z"]],
    ["member.attributes.seats", [10, 2]],
  ])("says that the first is the greater: %s %j", (field, value) => {
    expect(wrong(field, value)).toContain("swap them");
  });
});
