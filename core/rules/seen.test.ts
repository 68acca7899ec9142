import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "./evaluate";
import type { EventFacts, Facts, MemberFacts } from "./facts";
import { find } from "./found";
import { attributesSeen, propertiesSeen, valuesSeen } from "./seen";

const event = (properties: Record<string, unknown>): EventFacts => ({
  id: "e",
  name: "own",
  properties,
  occurredAt: 0,
  acceptedAt: 0,
  isHistorical: false,
});
const facts = (properties: Record<string, unknown>): Facts => ({
  member: { attributes: {} } as unknown as MemberFacts,
  event: event(properties),
  now: 0,
  zone: "UTC",
});

describe("what events hold", () => {
  it("is listed with the types that came, the most frequent first", () => {
    const events = [
      { seats: 3, plan: "pro", until: "2026-12-01", trial: true },
      { seats: 5, plan: "pro", until: "2026-12-01" },
      { seats: "7", plan: "", at: "2026-12-01T08:00:00Z" },
      { seats: null, labels: ["a"] },
    ];
    expect(propertiesSeen(events)).toEqual([
      {
        path: "seats",
        types: [
          { type: "number", share: 2 / 3 },
          { type: "text", share: 1 / 3 },
        ],
      },
      { path: "plan", types: [{ type: "text", share: 1 }] },
      { path: "until", types: [{ type: "date", share: 1 }] },
      { path: "at", types: [{ type: "instant", share: 1 }] },
      { path: "labels", types: [{ type: "list", share: 1 }] },
      { path: "trial", types: [{ type: "boolean", share: 1 }] },
    ]);
  });

  it("is found where a rule finds it: nested, and as a list over lines", () => {
    const properties = { to: { city: "Suzhou" }, lines: [{ sku: "a" }, { sku: "b" }], "a.b": 1, " c": 2 };
    expect(propertiesSeen([properties]).map(({ path, types }) => `${path} ${types[0]?.type}`)).toEqual([
      "lines.sku list",
      "to.city text",
    ]);
    expect(find("event.to.city", facts(properties)).value).toBe("Suzhou");
    expect(find("event.lines.sku", facts(properties)).value).toEqual(["a", "b"]);
  });

  it("has values of which each, asked for, is in one of the events", () => {
    const scalar = fc.oneof(fc.constantFrom("5", "true", "coffee"), fc.integer({ min: 0, max: 9 }), fc.boolean());
    const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(fc.record({ x: value }), { minLength: 1, maxLength: 20 }), (events) => {
        for (const { value, count } of valuesSeen(events, "x")) {
          const rule = { field: "event.x", is: "in" as const, value: [value] };
          expect(events.filter((one) => evaluate(rule, facts(one))).length, JSON.stringify(value)).toBe(count);
        }
      }),
    );
  });
});

it("takes an attribute by its whole name, and lists none that a rule could not name", () => {
  expect(attributesSeen([{ "a.b": 1, city: "Wuxi", nested: { x: 1 }, "": 2 }]).map(({ path }) => path)).toEqual([
    "a.b",
    "city",
  ]);
});
