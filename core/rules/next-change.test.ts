import fc from "fast-check";
import { expect, it } from "vitest";
import { someone } from "../members/someone-harness";
import { evaluate } from "./evaluate";
import type { Facts, MemberFacts } from "./facts";
import { nextChange } from "./next-change";
import type { Rule } from "./rule";

const DAY = 86_400_000;
const at = (iso: string) => Date.parse(iso);
const member: MemberFacts = someone({ birthday: null, joinedAt: at("2026-01-01T00:00:00Z") });
const facts = (of: Partial<MemberFacts>, now: number, zone = "Asia/Shanghai"): Facts => ({
  member: { ...member, ...of },
  now,
  zone,
});
const last = (days: number, is: "within_days" | "not_within_days" = "within_days"): Rule => ({
  field: "member.last_order_at",
  is,
  value: days,
});

it("changes an instant's window one millisecond after its N days, to the time of day", () => {
  const now = at("2026-03-10T04:00:00Z");
  const rule = last(30, "not_within_days");
  const order = at("2026-03-01T02:00:00Z");
  const next = nextChange(rule, facts({ lastOrderAt: order }, now));
  expect(next).toBe(order + 30 * DAY + 1);
  expect(evaluate(rule, facts({ lastOrderAt: order }, order + 30 * DAY))).toBe(false);
  expect(evaluate(rule, facts({ lastOrderAt: order }, order + 30 * DAY + 1))).toBe(true);
  expect(nextChange(rule, facts({ lastOrderAt: order }, order + 30 * DAY + 1 + DAY))).toBeNull();
});

it("changes a window over days at the zone's midnight", () => {
  const now = at("2026-03-10T04:00:00Z");
  const days = [{ name: "visit", day: "2026-03-05", count: 1, amount: 0 }];
  const rule: Rule = { did: "visit", measure: "count", is: "gte", value: 1, days: 7 };
  expect(nextChange(rule, facts({ days }, now))).toBe(at("2026-03-11T16:00:00Z"));
  expect(nextChange(rule, facts({ days: [] }, now))).toBeNull();
});

it("never changes what the clock does not move", () => {
  const now = at("2026-03-10T04:00:00Z");
  expect(
    nextChange(
      { any: [{ field: "member.tier", is: "eq", value: "gold" }, { not: { field: "member.birthday", is: "exists" } }] },
      facts({ lastOrderAt: now - DAY }, now),
    ),
  ).toBeNull();
});

const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    field: fc.constantFrom("member.last_order_at", "member.joined_at", "member.birthday", "member.attributes.due"),
    is: fc.constantFrom("within_days" as const, "not_within_days" as const),
    value: fc.integer({ min: 0, max: 40 }),
  }),
  fc.record({
    did: fc.constantFrom("visit", "purchase"),
    measure: fc.constant("count" as const),
    is: fc.constantFrom("gte" as const, "lt" as const),
    value: fc.integer({ min: 0, max: 2 }),
    days: fc.integer({ min: 1, max: 40 }),
  }),
);
const rule: fc.Arbitrary<Rule> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }).map((all): Rule => ({ all })),
  fc.array(leaf, { maxLength: 3 }).map((any): Rule => ({ any })),
  leaf.map((not): Rule => ({ not })),
);
const NOW = at("2026-03-29T00:30:00Z");
const instant = fc.integer({ min: -45 * 24, max: 45 * 24 }).map((hours) => NOW + hours * 3_600_000);
const day = instant.map((ms) => new Date(ms).toISOString().slice(0, 10));

// Berlin sets its clocks forward within these days, São Paulo's neighbour Asunción set them back, Shanghai has none.
it.each(["Europe/Berlin", "America/Asuncion", "Asia/Shanghai"])(
  "comes no later than the first change of the answer in %s",
  (zone) => {
    fc.assert(
      fc.property(
        rule,
        fc.record({
          lastOrderAt: instant,
          joinedAt: instant,
          birthday: day,
          attributes: fc.record({ due: day }),
          days: fc.array(
            fc.record({
              name: fc.constantFrom("visit", "purchase"),
              day,
              count: fc.constant(1),
              amount: fc.constant(0),
            }),
            {
              maxLength: 4,
            },
          ),
        }),
        (asked, of) => {
          const before = evaluate(asked, facts(of, NOW, zone));
          const next = nextChange(asked, facts(of, NOW, zone));
          for (let now = NOW; now < NOW + 45 * DAY && (next === null || now < next); now += 3_600_000)
            if (evaluate(asked, facts(of, now, zone)) !== before) return false;
          return next === null || next > NOW;
        },
      ),
      { numRuns: 60 },
    );
  },
);
