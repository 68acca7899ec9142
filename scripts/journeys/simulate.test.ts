import { expect, it } from "vitest";
import { bigOrder } from "@/core/journey/big-order-harness";
import { simulated } from "./simulate";

const order = { at: "2026-03-02T09:00:00+08:00", event: "order_paid", properties: { amount: 20_000 } };

it("prints a member's way through a document, by the workspace's clocks", () => {
  const used = { at: "2026-03-04T12:30:00+08:00", event: "coupon_redeemed", about: "both" };
  const lines = simulated({ document: bigOrder, events: [order, used], member: { tier: "gold" } });
  expect(lines).toEqual([
    "2026-03-02 09:00:00  enters by: Order paid",
    "2026-03-02 09:00:00  If (gold) → yes  The conditions held. (Tier is Gold)",
    "2026-03-02 09:00:00  Reward (both) → granted  [issue coupon, add points]",
    "2026-03-02 09:00:00  Send a message (sms)  [send message]",
    expect.stringMatching(
      /^2026-03-04 12:30:00 {2}Wait for an event \(used\) → happened {2}This happened: Coupon redeemed\. \(Coupon is one of /,
    ),
    "2026-03-04 12:30:00  Tag (user)  [add tag]",
    "                     done",
  ]);
});

it("says where a member still waits, and who does not enter", () => {
  const until = "2026-03-03T00:00:00+08:00";
  expect(simulated({ document: bigOrder, events: [order], until }).at(-1)).toMatch(
    /waits at “Wait for an event \(used\)”, until 2026-03-09 09:00:00$/,
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
