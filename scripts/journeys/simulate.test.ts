import { expect, it } from "vitest";
import { bigOrder } from "@/core/journey/big-order-harness";
import { simulated } from "./simulate";

const order = { at: "2026-03-02T09:00:00+08:00", event: "order_paid", properties: { amount: 20_000 } };

it("prints a member's way through a document, by the workspace's clocks", () => {
  const used = { at: "2026-03-04T12:30:00+08:00", event: "coupon_redeemed", about: "both" };
  const lines = simulated({ document: bigOrder, events: [order, used], member: { tier: "gold" } });
  expect(lines.map((line) => line.replace(/ {2}[[{].*/, ""))).toEqual([
    "2026-03-02 09:00  enters by order_paid",
    "2026-03-02 09:00  gold.start → yes",
    "2026-03-02 09:00  both.start → granted",
    "2026-03-02 09:00  sms.start → next",
    "2026-03-04 12:30  used.start → happened",
    "2026-03-04 12:30  user.start → next",
    "                  done",
  ]);
  expect(lines[2]).toContain("[issueCoupon, addPoints]");
});

it("says where a member still waits, and who does not enter", () => {
  const until = "2026-03-03T00:00:00+08:00";
  expect(simulated({ document: bigOrder, events: [order], until }).at(-1)).toMatch(
    /waits at used\.start, until 2026-03-/,
  );
  expect(simulated({ document: bigOrder, events: [{ ...order, properties: { amount: 1 } }] })).toEqual([
    "The member does not enter.",
  ]);
});

it.each([
  ["a document that is none", { document: {}, events: [order] }, /the journey cannot be read/],
  [
    "a journey that could not be published",
    { document: { ...bigOrder, edges: [] }, events: [order] },
    /trigger_unwired/,
  ],
  [
    "an instant without an offset",
    { document: bigOrder, events: [{ ...order, at: "2026-03-02" }] },
    /2026-03-02T09:00:00\+08:00/,
  ],
  ["no events", { document: bigOrder, events: [] }, /at least one/],
  ["a zone that does not exist", { document: bigOrder, events: [order], zone: "Mars" }, /Asia\/Shanghai/],
])("refuses %s, and says what would be right", (_, told, says) => {
  expect(() => simulated(told)).toThrow(says);
});
