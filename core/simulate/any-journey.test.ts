import fc from "fast-check";
import { expect, it } from "vitest";
import type { WorkspaceId } from "../ids";
import { someone } from "../members/someone-harness";
import type { Plan } from "../plan/plan";
import { anyHistory, anyOfEvents, compiled, happenings, OFFERS } from "./any-journey-harness";
import type { Pace, Scene } from "./scene";
import { DAY, START } from "./scene-harness";
import { simulate } from "./simulate";
import type { SimulatedRun } from "./simulation";

/** Long enough for any drawing to end: each of its waits may be for a birthday, a dozen times over. */
const YEARS = 200 * 366 * DAY;
const validity = { is: "days", days: 30 } as const;
const offers: Scene["offers"] = {
  [OFFERS.plenty]: { name: "plenty", validity, left: null, perMember: null },
  [OFFERS.few]: { name: "few", validity, left: 2, perMember: null },
  [OFFERS.once]: { name: "once", validity, left: null, perMember: 1 },
  [OFFERS.over]: {
    name: "over",
    validity: { is: "fixed", from: null, until: "2020-01-01" },
    left: null,
    perMember: null,
  },
};
const pace: fc.Arbitrary<Pace> = fc.constantFrom(
  { ready: 0, due: 0 },
  { ready: 0, due: 100 },
  { ready: 5000, due: 100 },
);

const scene = (plan: Plan, events: Scene["events"], pace: Pace): Scene => ({
  workspace: "w" as WorkspaceId,
  plan,
  member: someone({ points: 10 }),
  lots: [{ remaining: 10, lastDay: "2026-03-05" }],
  zone: "Asia/Shanghai",
  starts: START,
  ends: START + YEARS,
  events,
  offers,
  pace,
});

/** A wait that no clock ends: it may be waited at for good. */
const isOpenEnded = (plan: Plan, run: SimulatedRun): boolean =>
  run.state === "parked" && run.dueAt === null && plan.steps[run.step]?.op === "wait";

it("ends any journey after any order of events: no step twice in a lap, no effect twice, no more laps than allowed", () => {
  const seen = { runs: 0, parks: 0, laps: 0, mail: 0, effects: 0, refused: 0, away: 0, kinds: new Set<string>() };
  fc.assert(
    fc.property(anyOfEvents, anyHistory, pace, (document, history, speed) => {
      const plan = compiled(document);
      const { runs, away } = simulate(scene(plan, happenings(history, START), speed));
      for (const run of runs) {
        expect(isOpenEnded(plan, run) || !["ready", "parked"].includes(run.state), `${run.state} at ${run.step}`).toBe(
          true,
        );
        expect(run.lap).toBeLessThanOrEqual(plan.visits ?? 1000);
        expect(run.reason === null || !run.reason.includes("does not come to a wait"), run.reason ?? "").toBe(true);
        const keys = run.path.map(({ step, lap }) => `${step} ${lap}`);
        expect(new Set(keys).size, `a step twice in one lap: ${keys.join(", ")}`).toBe(keys.length);
        const at = run.path.map((passage) => passage.at);
        expect(at).toEqual([...at].sort((a, b) => a - b));
        seen.runs++;
        seen.parks += run.path.filter(({ step }) => plan.steps[step]?.op === "wait").length;
        seen.laps += run.lap;
        seen.mail += run.path.filter(({ why }) => typeof why === "object" && why !== null && "name" in why).length;
        seen.effects += run.path.reduce((sum, { effects }) => sum + effects.length, 0);
        seen.refused += run.path.filter(
          ({ port }) => port === "out_of_stock" || port === "over_cap" || port === "refused",
        ).length;
        for (const { step } of run.path) seen.kinds.add(kindAt(document, step));
      }
      seen.away += away.length;
    }),
    { numRuns: 4500 },
  );
  // Otherwise the property would say little.
  expect(seen.runs).toBeGreaterThan(600);
  expect(seen.parks).toBeGreaterThan(1000);
  expect(seen.laps).toBeGreaterThan(100);
  expect(seen.mail).toBeGreaterThan(20);
  expect(seen.effects).toBeGreaterThan(1000);
  expect(seen.refused).toBeGreaterThan(20);
  expect(seen.away).toBeGreaterThan(50);
  expect(seen.kinds.size).toBeGreaterThan(20);
}, 300_000);

const kindAt = ({ nodes }: { nodes: { id: string; kind: string }[] }, step: string): string =>
  nodes.find(({ id }) => step.startsWith(`${id}.`))?.kind ?? "?";

it("says the same of the same inputs, and touches none of them", () => {
  fc.assert(
    fc.property(anyOfEvents, anyHistory, pace, (document, history, speed) => {
      const given = scene(compiled(document), happenings(history, START), speed);
      const before = structuredClone(given);
      const first = structuredClone(simulate(given));
      expect(simulate(given)).toEqual(first);
      expect(given).toEqual(before);
    }),
    { numRuns: 60 },
  );
}, 30_000);
