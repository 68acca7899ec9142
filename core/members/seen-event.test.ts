import fc from "fast-check";
import { expect, it } from "vitest";
import type { InboxEvent } from "../events/inbox-event";
import { project } from "./project";
import { seenEvents } from "./seen-event";
import { someone } from "./someone-harness";

const START = Date.parse("2026-03-01T12:00:00Z");
const DAY = 86_400_000;

/** Payments and refunds of few orders, so that they meet: with and without amounts, merchants, the word whether it is all of it, and history. */
const told = fc
  .array(
    fc.record({
      name: fc.constantFrom("order_paid", "order_refunded", "store_visit"),
      order_id: fc.constantFrom("1", "2", " 1 ", undefined),
      amount: fc.constantFrom(1_000, 2_500, 5_000, undefined),
      is_full: fc.constantFrom(true, false, undefined, undefined),
      merchant: fc.constantFrom("a", "b", undefined),
      day: fc.integer({ min: 0, max: 30 }),
      isHistorical: fc.constantFrom(false, false, true),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(
      ({ name, day, isHistorical, ...properties }, i): InboxEvent => ({
        id: `e${i}`,
        type: "track",
        messageId: `m${i}`,
        name,
        properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)),
        occurredAt: START + day * DAY,
        acceptedAt: START + 30 * DAY + i,
        isHistorical,
        isTrusted: false,
      }),
    ),
  );

it("tells afterwards of each event what the member's rules saw when it was folded, by the events alone", () => {
  let completed = 0;
  fc.assert(
    fc.property(told, (events) => {
      let member = someone({ birthday: null, joinedAt: START });
      const seen = seenEvents(events);
      for (const one of events) {
        const { member: next, event } = project(member, one, "Asia/Shanghai");
        expect(seen.get(one.id)).toEqual(event);
        if (event !== one) completed++;
        member = next;
      }
    }),
  );
  expect(completed).toBeGreaterThan(0);
});
