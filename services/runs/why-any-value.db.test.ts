import fc from "fast-check";
import { expect, it } from "vitest";
import { explain } from "@/core/rules/explain";
import type { EventFacts } from "@/core/rules/facts";
import { call } from "@/services/access/use-case";
import { whyNot } from "@/services/journeys/watching/why-not";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { getRun } from "./get";
import { findingsOf, whyInWords } from "./why";

await database();

const same = { field: "event.obj", is: "eq", value: { field: "entry.obj" } } as const;

/** What a sender may put into a property that no catalogue describes. */
const values = [
  { a: 1 },
  { field: "member.phone" },
  [{ a: 1 }, { b: [2] }],
  [],
  {},
  "",
  null,
  "x".repeat(20_000),
  1.7e308,
  ...fc.sample(fc.jsonValue(), { numRuns: 12, seed: 7 }),
];

const BAD = /\[object |undefined|NaN/;

it("has words for any JSON value, in both languages, also for lines of journals that were kept before they were cut", () => {
  const at: EventFacts = { id: "e", name: "seen", occurredAt: 0, acceptedAt: 0, isHistorical: false, properties: {} };
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.boolean(), (obj, other, isOld) => {
      const facts = { event: { ...at, properties: { obj } }, entry: { ...at, properties: { obj: other } } };
      const judged = explain(same, { ...facts, now: 0, zone: "UTC", member: NOBODY });
      const kept = isOld ? { field: same.field, is: same.is, wanted: other, found: obj, verdict: false } : judged;
      const why = JSON.parse(JSON.stringify(kept));
      for (const { asked, found } of [...findingsOf(why, {}), ...(whyInWords(why, {})?.findings ?? [])])
        for (const text of [asked.en, asked["zh-CN"], found.en, found["zh-CN"]]) {
          expect(text).not.toMatch(BAD);
          expect(text.trim()).not.toMatch(/( is|为)$/);
        }
    }),
  );
});
const NOBODY = { days: [], attributes: {}, tags: [] } as never;

it.each(values.map((obj, i) => [i, obj] as const))(
  "tells on the run's page and in “Why?” what was compared, whatever the event brought (%i)",
  async (_, obj) => {
    const own = await shop();
    const journey = await liveJourney(own, {
      name: "Parcels",
      entry: "on",
      nodes: [
        { id: "on", kind: "on-event", config: { event: "parcel_seen", when: { all: [] } } },
        { id: "if", kind: "if", config: { when: { field: "entry.none", is: "eq", value: { field: "entry.obj" } } } },
        { id: "wait", kind: "wait-for", config: { event: "parcel_moved", when: same, within: "P7D" } },
      ],
      edges: [
        { from: "on", port: "next", to: "if" },
        { from: "if", port: "no", to: "wait" },
      ],
      settings: {},
    });
    const [member] = await members(own, 1);
    if (!member) throw new Error("no member");
    for (const name of ["parcel_seen", "parcel_moved"]) {
      await accept(own, [{ member, event: event(name, { obj }) }]);
      await dispatchAll();
      await conductAll(journey.shard);
    }
    const [run] = await runsOf(journey.id);
    const told = value(await call(getRun, own.actor(), { run: run?.id }));
    expect(told.steps[0]?.findings).toHaveLength(1);
    const isEqual = typeof obj === "string" ? obj !== "" : typeof obj === "number" || typeof obj === "boolean";
    expect(told.state).toBe(isEqual ? "done" : "parked");
    const why = value(await call(whyNot, own.actor(), { journey: journey.id, member }));
    const said = JSON.stringify([told.steps.map(({ says, findings }) => [says, findings]), why]);
    expect(said).not.toMatch(BAD);
    expect(said.length).toBeLessThan(12_000);
  },
);
