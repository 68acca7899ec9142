import { expect, it } from "vitest";
import { call } from "@/services/access/use-case";
import { database } from "@/tests/harness/database";
import { type Link, line } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { createJourney } from "../drafting/create";
import { journeyNeighbours } from "../drafting/neighbours";
import { journeyProblems } from "../drafting/problems";
import { putJourney } from "../drafting/put";
import { publishJourney } from "./publish";

await database();

const tier = (to: string): Link => [
  { id: "it", kind: "change-tier", config: { tier: to, reason: "round", end: { is: "open" } } },
  "next",
];
const moved = (from: string, to: string) => ({
  ...line([tier(to)], { event: "tier_changed", when: { field: "event.tier", is: "eq", value: from } }),
  name: `${from} to ${to}`,
});

it("refuses to publish a journey that starts another which starts it again, and says the way", async () => {
  const own = await shop();
  const make = async (document: object) => {
    const made = await call(createJourney, own.actor(), { document });
    if (!made.ok) throw new Error(made.detail);
    return made.value;
  };
  const up = await make(moved("silver", "gold"));
  expect(await call(publishJourney, own.actor(), { journey: up.id })).toMatchObject({ ok: true });
  const down = await make(moved("gold", "silver"));
  expect(await call(publishJourney, own.actor(), { journey: down.id })).toMatchObject({
    ok: false,
    reason: "has_problems",
    detail: expect.stringContaining("starts “silver to gold”; that journey leads to “Tier changed”"),
    path: ["it"],
  });
  const found = await call(journeyProblems, own.actor(), { journey: down.id });
  expect(found.ok && found.value).toMatchObject({
    problems: [{ code: "feeds_itself", severity: "error", node: "it" }],
    isPublishable: false,
  });
  // The one that is live is no neighbour of its own draft.
  const again = await call(journeyProblems, own.actor(), { journey: up.id });
  expect(again.ok && again.value.problems).toEqual([]);
  const beside = await call(journeyNeighbours, own.actor(), { journey: down.id });
  expect(beside.ok && beside.value.neighbours).toMatchObject([
    { journey: up.id, name: "silver to gold", entry: { event: "tier_changed" }, tells: [{ event: "tier_changed" }] },
  ]);
  expect(await call(journeyNeighbours, own.actor(), { journey: own.workspace })).toMatchObject({ reason: "not_found" });
  const once = { ...moved("gold", "silver"), settings: { reentry: { is: "once" } } };
  await call(putJourney, own.actor(), { journey: down.id, revision: down.revision, document: once });
  expect(await call(publishJourney, own.actor(), { journey: down.id })).toMatchObject({ ok: true });
});
