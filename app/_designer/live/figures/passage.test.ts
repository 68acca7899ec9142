import { describe, expect, it } from "vitest";
import { type Counts, NO_COUNTS } from "./counts";
import { passageOf, passagesOf } from "./passage";

const counts = (since: string | null, over: Partial<Counts>): Counts => ({ ...NO_COUNTS, since, ...over });
const gold = { gold: { entered: 200, waiting: 40, left: 160, failed: 0 } };
const ports = { "gold:yes": 120, "gold:no": 40 };

describe("what went by a way out", () => {
  it("is told of those who came to the step, so that those who wait still count", () => {
    expect(passageOf(counts(null, { nodes: gold, ports }), { from: "gold", port: "yes" }, false)).toEqual({
      port: "yes",
      count: 120,
      share: 0.6,
    });
  });

  it("is told of those who went on where a span of time is counted: who came then are others", () => {
    const hour = counts("2026-11-28T10:00:00Z", {
      nodes: { gold: { ...gold.gold, entered: 10 } },
      ports: { "gold:yes": 120, "gold:no": 40 },
    });
    expect(passageOf(hour, { from: "gold", port: "yes" }, false)?.share).toBe(0.75);
  });

  it("has no share where it says nothing: of a trigger, of the only way in a span of time", () => {
    const start = { start: { entered: 9, waiting: 0, left: 9, failed: 0 } };
    expect(
      passageOf(counts(null, { nodes: start, ports: { "start:next": 9 } }), { from: "start", port: "next" }, true),
    ).toEqual({ port: "next", count: 9, share: undefined });
    const only = counts("2026-11-28T10:00:00Z", { nodes: gold, ports: { "gold:yes": 160 } });
    expect(passageOf(only, { from: "gold", port: "yes" }, false)?.share).toBeUndefined();
  });

  it("is not told before anybody came", () => {
    expect(passageOf(NO_COUNTS, { from: "gold", port: "yes" }, false)).toBeUndefined();
  });

  it("is told of ways that the drawing has lost too, after those it has", () => {
    const more = counts(null, { nodes: gold, ports: { "gold:old": 1, "gold:@exit": 2, ...ports } });
    expect(passagesOf(more, "gold", ["yes", "no"]).map(({ port, count }) => [port, count])).toEqual([
      ["yes", 120],
      ["no", 40],
      ["old", 1],
      ["@exit", 2],
    ]);
  });
});
