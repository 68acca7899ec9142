import { expect, it } from "vitest";
import { someone } from "../members/someone-harness";
import { HOUR, START, sceneOf } from "../simulate/scene-harness";
import { simulate } from "../simulate/simulate";
import { leavingAt } from "./leaving-at";

const at = Date.parse("2026-05-01T15:00:00Z");
const hours = { from: "21:00", to: "08:00", choice: "hold" } as const;
const promotion = { purpose: "marketing" } as const;

it("is the end of the quiet hours that hold a promotion, by the member's clocks", () => {
  expect(leavingAt(promotion, hours, at, "Asia/Shanghai")).toBe(Date.parse("2026-05-02T00:00:00Z"));
  expect(leavingAt(promotion, hours, at, "Europe/Berlin")).toBeUndefined();
});

it("is at once where nothing holds it", () => {
  expect(leavingAt(promotion, null, at, "Asia/Shanghai")).toBeUndefined();
  expect(leavingAt({ purpose: "service" }, hours, at, "Asia/Shanghai")).toBeUndefined();
  expect(leavingAt({ ...promotion, quiet: "drop" }, hours, at, "Asia/Shanghai")).toBeUndefined();
  expect(leavingAt(promotion, { ...hours, choice: "drop" }, at, "Asia/Shanghai")).toBeUndefined();
  expect(leavingAt({ ...promotion, quiet: "hold" }, { ...hours, choice: "drop" }, at, "Asia/Shanghai")).toBeDefined();
});

it("is what a send with fallback counts its wait from, in the simulator as in the engine", () => {
  const drawing = {
    name: "fallback",
    entry: "on",
    nodes: [
      { id: "on", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
      {
        id: "send",
        kind: "send-in-order",
        config: { channels: ["sms"], purpose: "marketing", content: {}, within: "PT1H", silence: "sent" },
      },
    ],
    edges: [{ from: "on", port: "next", to: "send" }],
    settings: {},
  };
  const paid = { name: "order_paid", at: START };
  // 09:00 in Shanghai.
  const dueAt = (quietHours: typeof hours | null) => {
    const scene = { member: someone({}), quietHours, ends: START + HOUR / 2 };
    return simulate(sceneOf(drawing, [paid], scene)).runs[0]?.dueAt;
  };
  expect(dueAt(null)).toBe(START + HOUR);
  const untilTen = { from: "08:00", to: "10:00", choice: "hold" } as never;
  expect(dueAt(untilTen)).toBe(START + 2 * HOUR);
});
