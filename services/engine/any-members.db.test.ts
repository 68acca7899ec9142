import fc from "fast-check";
import { expect, it } from "vitest";
import { laneOf, type MemberId } from "@/core/ids";
import { JourneyDocument } from "@/core/journey/document";
import type { Plan } from "@/core/plan/plan";
import { expose, NO_ARMS } from "@/core/policy/holdout";
import { anyHistory, happenings, OFFERS, type Told } from "@/core/simulate/any-journey-harness";
import { dayOf } from "@/core/time/day";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { releaseHeld } from "@/services/engine/release-held";
import { mergeMember } from "@/services/merging/merge";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, dispatchLane, event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { standingClock } from "@/tests/harness/standing-clock";
import { begunByEvents, countedAsLive, FEW, givenAsJournalled, offersFor } from "./any-journey-harness";

const { url } = await database({ max: 20 });
const clock = await standingClock(url);

const ZONE = "Asia/Shanghai";
const START = Date.UTC(2026, 2, 2, 1);
/** So often members are moved on by the clock after the last thing that happened to one. */
const MOST_MOVES = 40;
/** More of them, or those that once failed, by hand. */
const { CASES: cases = "30", SEED } = process.env;
const CASES = Number(cases);

/** The first that everybody comes to is a reward of which there is not enough for all, or that each may have once. */
const scarce = fc.tuple(begunByEvents, fc.constantFrom(OFFERS.few, OFFERS.once)).map(([document, offer]) =>
  JourneyDocument.parse({
    ...document,
    nodes: [...document.nodes, { id: "gift", kind: "reward", config: { grants: [{ is: "coupon", offer }] } }],
    edges: document.edges.flatMap((edge) =>
      edge.from === document.entry
        ? [
            { ...edge, to: "gift" },
            { from: "gift", port: "granted", to: edge.to },
          ]
        : [edge],
    ),
  }),
);

const seen = { runs: 0, effects: 0, held: 0, short: 0, capped: 0, away: 0, merged: 0 };

it(
  "shares stock, caps, limits and the holdout among members who come by together, whatever is drawn, whoever moves them and whichever of them turn out to be one",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        scarce,
        fc.integer({ min: 2, max: 5 }),
        anyHistory,
        fc.infiniteStream(fc.nat()),
        async (document, count, history, chance) => {
          const { own, journey, all } = await begin(document, count);
          const check = () => holds(own, journey.plan, gone.size > 0);
          const isMerging = (chance.next().value ?? 0) % 3 === 0;
          const gone = new Set<MemberId>();
          /** Two who turn out to be one person while they are moved. */
          const merge = async () => {
            const [from, into] = all.filter((member) => !gone.has(member));
            if (!from || !into || (chance.next().value ?? 0) % 2 > 0) return;
            gone.add(from);
            seen.merged++;
            expect(await call(mergeMember, own.actor(), { member: from, into })).toMatchObject({ ok: true });
          };
          let now = START;
          for (const { at, ...one } of happenings(history.map(toAnybody), START)) {
            now = at;
            await clock.set(now);
            const who = at === START ? all : all.filter(() => (chance.next().value ?? 0) % 2 === 0);
            await accept(
              own,
              who.map((member) => ({ member, event: heard(one, at) })),
            );
            // Lanes and the conductor at the same time: whoever comes first at the last coupon has it.
            const lanes = [...new Set(who.map((member) => laneOf(own.workspace, member)))];
            const carries = (chance.next().value ?? 0) % 2 === 0;
            await Promise.all([
              ...lanes.map((lane) => dispatchLane(lane, { carries })),
              conductAll(journey.shard),
              ...(isMerging && at > START ? [merge()] : []),
            ]);
            // Runs of who was merged away are moved by the survivor's next turn.
            if (gone.size > 0) await dispatchAll({ carries });
            await check();
          }
          for (let moves = 0; moves < MOST_MOVES; moves++) {
            const next = await nextMove(own);
            if (next === null) break;
            now = Math.max(now, next);
            await clock.set(now);
            await Promise.all([conductAll(journey.shard), releaseHeld(100)]);
            await dispatchAll();
            await check();
          }
          seen.effects += await givenAsJournalled(own);
          await countedAsLive(own);
          await leftNothing(own, gone);
          await tally(own);
        },
      ),
      { numRuns: CASES, endOnFailure: true, ...(SEED !== undefined && { seed: Number(SEED) }) },
    );
    if (CASES < 30) return;
    // Otherwise nobody had to share.
    const { runs, effects, held, short, capped, away, merged } = seen;
    expect([runs > 0, effects > 0, short + capped > 0, held + away > 0, merged > 0]).toEqual(Array(5).fill(true));
  },
  CASES * 8_000,
);

async function begin(document: JourneyDocument, count: number) {
  await clock.set(START);
  const own = await shop();
  await offersFor(own);
  const all = await members(own, count);
  return { own, all, journey: await liveJourney(own, document) };
}

/** Answers to what a node made are one member's: of several it is not known whose. */
const toAnybody = ({ about: _, answer: __, ...one }: Told): Told => one;

function heard({ name, type, traits, properties, isHistorical, occurredAt }: Omit<Told, "after">, at: number) {
  return {
    ...event(name, properties, { occurredAt: occurredAt ?? at, acceptedAt: at, ...(isHistorical && { isHistorical }) }),
    ...(type && { type }),
    ...(traits && { traits }),
  };
}

/** When the clock next does something to a run, or something waits to be dispatched. */
async function nextMove({ workspace }: Shop): Promise<number | null> {
  const [next] = await peek<{ at: number | null }>(sql`
    SELECT (extract(epoch FROM min(least(due_at + CASE state WHEN 'held' THEN interval '1 minute' ELSE interval '100 milliseconds' END, look_at + interval '100 milliseconds'))) * 1000)::float8 AS at
    FROM run WHERE workspace_id = ${workspace} AND state IN ('parked', 'held')`);
  return next?.at ?? null;
}

type Stand = {
  member: MemberId;
  state: string;
  reason: string | null;
  isHeld: boolean;
  enteredAt: number;
  lines: string[];
  given: number;
};

/** All that was a merged one's is the survivor's. */
async function leftNothing({ workspace }: Shop, gone: ReadonlySet<MemberId>): Promise<void> {
  const of = sql`workspace_id = ${workspace} AND member_id = ANY(${[...gone]}::uuid[])`;
  expect(
    await peek(sql`
      SELECT 'run' AS what FROM run WHERE ${of} UNION ALL SELECT 'entry' FROM entry WHERE ${of} UNION ALL SELECT 'coupon' FROM coupon WHERE ${of}
      UNION ALL SELECT 'message' FROM message WHERE ${of} UNION ALL SELECT 'task' FROM task WHERE ${of} UNION ALL SELECT 'inbox' FROM inbox WHERE ${of}`),
  ).toEqual([]);
}

/** What must hold at every moment. `haveMerged`: two who are one bring together what each of them had, and was. */
async function holds(own: Shop, plan: Plan, haveMerged: boolean): Promise<void> {
  const { workspace } = own;
  const [stock] = await peek<{ issued: number; coupons: number }>(sql`
    SELECT issued, (SELECT count(*)::int FROM coupon c WHERE c.workspace_id = ${workspace} AND c.offer_id = ${OFFERS.few}) AS coupons
    FROM offer_stock WHERE workspace_id = ${workspace} AND offer_id = ${OFFERS.few}`);
  expect(stock?.coupons).toBe(stock?.issued);
  expect(stock?.coupons).toBeLessThanOrEqual(FEW);
  const twice = await peek(sql`
    SELECT member_id FROM coupon WHERE workspace_id = ${workspace} AND offer_id = ${OFFERS.once} GROUP BY member_id HAVING count(*) > 1`);
  if (!haveMerged) expect(twice).toEqual([]);
  const runs = await peek<Stand>(sql`
    SELECT r.member_id AS member, r.state, r.reason, r.is_held AS "isHeld", (extract(epoch FROM r.entered_at) * 1000)::float8 AS "enteredAt",
      ARRAY(SELECT j.port FROM journal j WHERE j.workspace_id = r.workspace_id AND j.run_id = r.id) AS lines,
      (SELECT count(*)::int FROM coupon c WHERE c.workspace_id = r.workspace_id AND c.run_id = r.id)
        + (SELECT count(*)::int FROM points_entry e WHERE e.workspace_id = r.workspace_id AND e.run_id = r.id)
        + (SELECT count(*)::int FROM message m WHERE m.workspace_id = r.workspace_id AND m.run_id = r.id) AS given
    FROM run r WHERE r.workspace_id = ${workspace}`);
  expect(runs.filter(({ state, reason }) => state === "failed" && !reason?.startsWith("passed this step"))).toEqual([]);
  for (const run of runs) {
    const { held } = expose(
      run.member,
      { workspace, journey: plan.journey },
      { workspace: null, journey: plan.holdout ?? null },
      NO_ARMS,
      0,
    );
    if (!haveMerged) expect([run.member, run.isHeld]).toEqual([run.member, held !== null]);
    if (run.isHeld)
      expect([run.given, run.lines.filter((port) => port !== "@goal" && port !== "@exit")]).toEqual([0, []]);
  }
  const { total, daily, live, perMember } = plan.limits ?? {};
  const most = (all: readonly string[]): number =>
    Math.max(0, ...[...new Set(all)].map((one) => all.filter((other) => other === one).length));
  const onTheWay = runs.filter(({ state }) => state === "ready" || state === "parked" || state === "held");
  const letIn = runs.filter(({ isHeld }) => !isHeld);
  if (total !== undefined) expect(letIn.length).toBeLessThanOrEqual(total);
  if (daily !== undefined)
    expect(most(letIn.map(({ enteredAt }) => dayOf(enteredAt, ZONE)))).toBeLessThanOrEqual(daily);
  if (live !== undefined) expect(onTheWay.filter(({ isHeld }) => !isHeld).length).toBeLessThanOrEqual(live);
  if (perMember !== undefined && !haveMerged)
    expect(most(onTheWay.map(({ member }) => member))).toBeLessThanOrEqual(perMember);
}

/** How often what this suite is about came about. */
async function tally({ workspace }: Shop): Promise<void> {
  const [found] = await peek<Omit<typeof seen, "effects">>(sql`
    SELECT (SELECT count(*)::int FROM run WHERE workspace_id = ${workspace}) AS runs,
      (SELECT count(*)::int FROM run WHERE workspace_id = ${workspace} AND is_held) AS held,
      (SELECT count(*)::int FROM journal WHERE workspace_id = ${workspace} AND port = 'out_of_stock') AS short,
      (SELECT count(*)::int FROM journal WHERE workspace_id = ${workspace} AND port = 'over_cap') AS capped,
      (SELECT count(*)::int FROM turned_away WHERE workspace_id = ${workspace} AND reason LIKE 'limit_%') AS away`);
  if (found) for (const [what, times] of Object.entries(found)) seen[what as keyof typeof seen] += times;
}
