import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faster, sooner, within } from "./bench";
import { benches } from "./registry";
import { quantile } from "./rig/quantile";

describe("the benches", () => {
  it("are one file each, under names of their own", () => {
    expect(new Set(benches.map(({ name }) => name)).size).toBe(benches.length);
    for (const { name } of benches) expect(existsSync(new URL(`${name}.ts`, import.meta.url)), name).toBe(true);
  });

  it("say a rate as a share of its baseline, a latency as the baseline's share of it", () => {
    expect(faster("a", "members/s", 1234.5, 2000, 0.5)).toEqual({
      name: "a",
      value: 1230,
      unit: "members/s",
      baseline: 2000,
      ratio: 0.617,
      goal: "≥ 50 %",
      ok: true,
    });
    expect(sooner("b", "ms", 10, 150, 20)).toMatchObject({ ratio: 15, goal: "≥ 20×", ok: false });
  });

  it("hold a figure without a baseline against its own limit", () => {
    expect(within("c", "ms", 31, { most: 30 })).toMatchObject({ ratio: null, goal: "≤ 30 ms", ok: false });
    expect(within("d", "mails/s", 1000, { least: 1000 }).ok).toBe(true);
  });

  it("take quantiles by nearest rank", () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile([7], 0.99)]).toEqual([50, 99, 7]);
  });
});
