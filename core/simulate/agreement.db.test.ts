import fc from "fast-check";
import { expect, it } from "vitest";
import type { Arm } from "@/core/policy/holdout";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { broadcastOnPublish } from "@/services/broadcasts/on-publish";
import { saveDues } from "@/services/engine/entering/due";
import { loadMembers } from "@/services/members/load";
import { database } from "@/tests/harness/database";
import { had, stock, wasMet } from "@/tests/harness/had-before";
import { liveJourney, members } from "@/tests/harness/journey";
import { play } from "@/tests/harness/play";
import { type Shop, shop } from "@/tests/harness/shop";
import { standingClock } from "@/tests/harness/standing-clock";
import type { EventId, JourneyId, MemberId } from "../ids";
import type { JourneyDocument } from "../journey/document";
import type { EffectType } from "../journey/effects/effect";
import type { LoadedMember } from "../members/loaded-member";
import { JOURNEY_START, JOURNEY_STOP } from "../plan/control";
import { isTimed } from "../plan/entry";
import type { Plan } from "../plan/plan";
import { NOTHING, nextEntry } from "../plan/timed";
import {
  anyBefore,
  anyDocument,
  anyHistory,
  anyOfEvents,
  anyReentry,
  type Before,
  happenings,
  OFFERS,
  type Told,
} from "./any-journey-harness";
import type { Happening, OfferOnHand, Pace } from "./scene";
import { type Simulation, simulate } from "./simulate";

const { url } = await database();
const clock = await standingClock(url);

const ZONE = "Asia/Shanghai";
const START = Date.UTC(2026, 2, 2, 1);
const ENDS = START + 200 * 86_400_000;
const validity = { is: "days", days: 30 } as const;
const offers: Record<string, OfferOnHand> = {
  [OFFERS.plenty]: {
    name: "plenty",
    names: { en: "plenty of it", "zh-CN": "很多" },
    validity,
    left: null,
    perMember: null,
  },
  [OFFERS.few]: { name: "few", validity, left: 2, perMember: null },
  [OFFERS.once]: { name: "once", validity, left: null, perMember: 1 },
  [OFFERS.over]: {
    name: "over",
    validity: { is: "fixed", from: null, until: "2020-01-01" },
    left: null,
    perMember: null,
  },
};
/** The engine acts a due instant 100 ms later, so that an event accepted before it still wins. */
const pace: fc.Arbitrary<Pace> = fc.constantFrom({ ready: 0, due: 100 }, { ready: 5000, due: 100 });

/** The same each time, and wide enough to meet everything that is generated; the others are new each time. */
const WIDE = { seed: 11_774_001, cases: 120 };
/** More of them, those that once failed, or the smallest that fails (each step of shrinking is a play of its own), by hand. */
const { CASES: cases = "100", SEED, SHRINK } = process.env;
const CASES = Number(cases);

const seen = { passages: 0, effects: 0, expired: 0, ended: 0, excluded: 0, told: 0 };
/** How many runs each way into a journey began. */
const begun = new Map<string, number>();

const anyCase = fc.tuple(anyDocument, anyHistory, pace, anyBefore);
const agrees = (cases: fc.Parameters<[[JourneyDocument, readonly Told[], Pace, Before]]>) =>
  fc.assert(
    fc.asyncProperty(anyCase, async (drawn) => {
      const { ledger, simulation } = await both(...drawn);
      expect(simulation).toEqual(ledger);
    }),
    { endOnFailure: SHRINK === undefined, ...cases },
  );

it(
  "agrees with the engine on path, reasons and effects, for journeys that do everything",
  async () => {
    await agrees({ numRuns: WIDE.cases, seed: WIDE.seed });
    expect(seen.passages).toBeGreaterThan(500);
    expect(seen.effects).toBeGreaterThan(200);
    // Otherwise it would say nothing of what the clock does to the ledgers.
    for (const what of ["expired", "ended", "excluded", "told"] as const)
      expect([what, seen[what] > 0]).toEqual([what, true]);
    for (const on of ["event", "segment", "call", "date", "inactivity", "broadcast", "schedule"])
      expect([on, (begun.get(on) ?? 0) > 0]).toEqual([on, true]);
  },
  WIDE.cases * 6_000,
);

it(
  "agrees with the engine on path, reasons and effects, for any journey and any order of events",
  async () => {
    await agrees({ numRuns: CASES, ...(SEED !== undefined && { seed: Number(SEED) }) });
  },
  CASES * 6_000,
);

/** Orders and visits of one instant: they share a turn, and each may let the member in behind the run before. */
const atOnce: readonly Told[] = ["o11", "o12", "o13"].flatMap((order_id): Told[] => [
  { name: "order_paid", properties: { order_id, amount: 20_000, store: "S1" }, after: 0 },
  { name: "store_visit", properties: { order_id, store: "S1" }, after: 0 },
]);

it(
  "agrees where events come at once, whenever the member may enter again",
  async () => {
    await fc.assert(
      fc.asyncProperty(anyOfEvents, anyReentry, pace, anyBefore, async (drawn, reentry, speed, before) => {
        const document = { ...drawn, settings: { ...drawn.settings, reentry } };
        const { ledger, simulation } = await both(document, atOnce, speed, before);
        expect(simulation).toEqual(ledger);
      }),
      {
        numRuns: Math.ceil((CASES * 2) / 5),
        endOnFailure: SHRINK === undefined,
        ...(SEED !== undefined && { seed: Number(SEED) }),
      },
    );
  },
  CASES * 6_000,
);

it(
  "agrees where a holdout met the member before, whatever its share is now",
  async () => {
    await fc.assert(
      fc.asyncProperty(anyOfEvents, fc.boolean(), anyBefore, async (drawn, isHeld, before) => {
        const document = {
          ...drawn,
          settings: { ...drawn.settings, reentry: { is: "after_end" as const }, holdout: { percent: 25, days: 30 } },
        };
        const arm = { isHeld, percent: 5, at: START - 86_400_000 };
        const { ledger, simulation } = await both(document, atOnce, { ready: 0, due: 100 }, before, arm);
        expect(simulation).toEqual(ledger);
        if (isHeld) expect(ledger).toMatchObject({ coupons: [], points: [], messages: [] });
      }),
      {
        numRuns: Math.ceil(CASES / 5),
        endOnFailure: SHRINK === undefined,
        ...(SEED !== undefined && { seed: Number(SEED) }),
      },
    );
  },
  CASES * 6_000,
);

/** The same inputs through the engine on a database, and through the simulator. `arm`: of the journey's holdout, from before. */
async function both(
  document: JourneyDocument,
  history: readonly Told[],
  speed: Pace,
  before: Before,
  arm: Arm | null = null,
) {
  await clock.set(START);
  const own = await shop();
  await stock(own, offers);
  const [id] = await members(own, 1);
  if (!id) throw new Error("no member");
  await peek(
    sql`UPDATE member SET birthday = '2000-02-29', joined_at = ${new Date(START)} WHERE workspace_id = ${own.workspace}`,
  );
  await had(own, id, before, { start: START, zone: ZONE });
  const journey = await liveJourney(own, document);
  if (arm) await wasMet(own, journey.id, id, arm);
  const member = await loaded(own, id);
  const lots = await lotsOf(own);
  const events = happenings(history, START).map((one) => ({ ...one, ...control(one, journey), id: newId<EventId>() }));
  await enrol(own, journey, member);
  await play(own, journey, id, events, { clock, pace: speed, starts: START, ends: ENDS });
  const simulated = simulate({
    workspace: own.workspace,
    plan: journey.plan,
    member,
    zone: ZONE,
    starts: START,
    ends: ENDS,
    events,
    offers,
    lots,
    points: before.policy,
    ...(arm && { arms: { workspace: null, journey: arm } }),
    ...(before.excludedFor !== null && { excludedUntil: START + before.excludedFor }),
    pace: speed,
  });
  begun.set(journey.plan.entry.on, (begun.get(journey.plan.entry.on) ?? 0) + simulated.runs.length);
  const known = new Set<string>([...events.map((one) => one.id), ...Object.values(OFFERS)]);
  return {
    ledger: plain(await ledgerOf(own, id), known),
    simulation: plain(viewOf(simulated), known),
  };
}

/** A start or a stop of the journey, as those who tell it have it. */
const control = ({ name, properties }: Happening, { id }: { id: string }): Partial<Happening> =>
  name === JOURNEY_START || name === JOURNEY_STOP
    ? { type: "system", properties: { ...properties, journey_id: id } }
    : {};

/** What publishing does for entries that the clock makes: the member's due row, and the broadcast that comes next. */
async function enrol(
  { workspace }: Shop,
  { id, plan }: { id: JourneyId; plan: Plan },
  member: LoadedMember,
): Promise<void> {
  const { entry } = plan;
  await engine(async (tx) => {
    if (isTimed(entry)) {
      const next = nextEntry(entry, NOTHING, { member, now: START, zone: ZONE }, () => null);
      saveDues(tx, workspace, { id, shards: 1 }, [{ member: member.id, ...next }]);
    }
    await broadcastOnPublish(tx, workspace, id, plan, "test", new Date(START));
  });
}

const lotsOf = ({ workspace }: Shop) =>
  peek<{ remaining: number; lastDay: string | null }>(
    sql`SELECT remaining, last_day::text AS "lastDay" FROM points_lot WHERE workspace_id = ${workspace} AND remaining > 0 ORDER BY last_day`,
  );

async function loaded({ workspace }: Shop, id: MemberId): Promise<LoadedMember> {
  const member = await engine((tx) => loadMembers(tx, workspace, [id], { since: "1900-01-01", coupons: true }));
  const found = member.get(id);
  if (!found) throw new Error("the member is gone");
  return found;
}

const withoutLap = ({ lap: _, ...where }: Where) => where;
const byLap = (a: { lap: number; step: string }, b: { lap: number; step: string }): number =>
  a.lap - b.lap || (a.step < b.step ? -1 : 1);

/** Where an effect was applied; the run by its place. */
type Where = { run: number; step: string; lap: number; at: number };

/** What the simulator says, as the ledger would have it. */
function viewOf({ runs, away, member, variants }: Simulation) {
  const given = runs.flatMap((run, i) =>
    run.path.flatMap(({ step, lap, at, effects }) => effects.map(({ effect }) => ({ run: i, step, lap, at, effect }))),
  );
  seen.passages += runs.reduce((sum, { path }) => sum + path.length, 0);
  seen.effects += given.length;
  const of = (type: EffectType): Where[] =>
    given.filter(({ effect }) => effect.type === type).map(({ effect: _, ...where }) => where);
  return {
    runs: runs.map((run) => ({
      key: run.key,
      enteredAt: run.enteredAt,
      state: run.state,
      step: run.step,
      lap: run.lap,
      goalAt: run.goalAt,
      goalValue: run.goalValue,
      reason: run.reason,
      parkedAt: run.state === "parked" ? run.parkedAt : null,
      dueAt: run.state === "parked" || run.state === "held" ? run.dueAt : null,
      mail: run.mail.map(({ name }) => name),
      vars: run.vars,
      path: run.path.map(({ step, lap, port, at, why }) => ({ step, lap, port, at, why: why ?? null })).sort(byLap),
    })),
    away: away.map(({ at, reason }) => `${at} ${reason}`).sort(),
    coupons: of("issueCoupon").map(withoutLap),
    points: of("addPoints").map(withoutLap),
    messages: of("sendMessage"),
    tasks: of("openTask"),
    calls: of("callWebhook"),
    variants: Object.values(variants).sort(),
    member: {
      tier: member.tier,
      tags: [...member.tags].sort(),
      attributes: member.attributes,
      points: member.points,
      orders: member.orders,
      visits: member.visits,
      timeZone: member.timeZone,
    },
  };
}

/** What the engine left behind. */
async function ledgerOf(own: Shop, id: MemberId): Promise<ReturnType<typeof viewOf>> {
  const { workspace } = own;
  await countLapses(own);
  type View = ReturnType<typeof viewOf>;
  const runs = await peek<Omit<View["runs"][number], "path"> & { id: string }>(sql`
    SELECT id, entry_key AS key, (extract(epoch FROM entered_at) * 1000)::float8 AS "enteredAt", state, step, lap,
      (extract(epoch FROM goal_at) * 1000)::float8 AS "goalAt", goal_value AS "goalValue", reason,
      CASE WHEN state = 'parked' THEN (extract(epoch FROM parked_at) * 1000)::float8 END AS "parkedAt",
      CASE WHEN state IN ('parked', 'held') THEN (extract(epoch FROM due_at) * 1000)::float8 END AS "dueAt",
      ARRAY(SELECT m->>'name' FROM jsonb_array_elements(mail) AS m) AS mail, vars
    FROM run WHERE workspace_id = ${workspace} ORDER BY id`);
  const lines = await peek<View["runs"][number]["path"][number] & { run: string }>(sql`
    SELECT run_id AS run, step, lap, port, (extract(epoch FROM at) * 1000)::float8 AS at, why FROM journal WHERE workspace_id = ${workspace}`);
  const order = new Map(runs.map((run, i) => [run.id, i]));
  const placed = async <R extends { run: string; lap: number; step: string }>(rows: Promise<R[]>) =>
    (await rows).map((row) => ({ ...row, run: order.get(row.run) ?? -1 })).sort((a, b) => a.run - b.run || byLap(a, b));
  const member = await loaded(own, id);
  type Row = Omit<Where, "run"> & { run: string };
  return {
    runs: runs.map(({ id: run, ...rest }) => ({
      ...rest,
      path: lines
        .filter((line) => line.run === run)
        .map(({ run: _, ...line }) => line)
        .sort(byLap),
    })),
    away: (
      await peek<{ at: number; reason: string }>(
        sql`SELECT (extract(epoch FROM at) * 1000)::float8 AS at, reason FROM turned_away WHERE workspace_id = ${workspace} AND reason <> 'rule_false'`,
      )
    )
      .map(({ at, reason }) => `${at} ${reason}`)
      .sort(),
    coupons: (
      await placed(
        peek<Row>(
          sql`SELECT run_id AS run, step, 0 AS lap, (extract(epoch FROM issued_at) * 1000)::float8 AS at FROM coupon WHERE workspace_id = ${workspace}`,
        ),
      )
    ).map(withoutLap),
    points: (
      await placed(
        peek<Row>(
          sql`SELECT run_id AS run, step, 0 AS lap, (extract(epoch FROM at) * 1000)::float8 AS at FROM points_entry WHERE workspace_id = ${workspace} AND kind = 'earn' AND run_id IS NOT NULL`,
        ),
      )
    ).map(withoutLap),
    messages: await placed(
      peek<Row>(
        sql`SELECT run_id AS run, step, lap, (extract(epoch FROM queued_at) * 1000)::float8 AS at FROM message WHERE workspace_id = ${workspace}`,
      ),
    ),
    tasks: await placed(
      peek<Row>(
        sql`SELECT run_id AS run, step, lap, (extract(epoch FROM opened_at) * 1000)::float8 AS at FROM task WHERE workspace_id = ${workspace}`,
      ),
    ),
    calls: await placed(
      peek<Row>(
        sql`SELECT run_id AS run, step, lap, (extract(epoch FROM queued_at) * 1000)::float8 AS at FROM webhook_call WHERE workspace_id = ${workspace}`,
      ),
    ),
    variants: (await peek<{ variant: string }>(sql`SELECT variant FROM exposure WHERE workspace_id = ${workspace}`))
      .map(({ variant }) => variant)
      .sort(),
    member: {
      tier: member.tier,
      tags: [...member.tags].sort(),
      attributes: member.attributes,
      points: member.points,
      orders: member.orders,
      visits: member.visits,
      timeZone: member.timeZone,
    },
  };
}

/** How often the clock did what this suite is also about. */
async function countLapses({ workspace }: Shop): Promise<void> {
  const [found] = await peek<Record<"expired" | "ended" | "excluded" | "told", number>>(sql`
    SELECT (SELECT count(*)::int FROM points_entry WHERE workspace_id = ${workspace} AND kind = 'expire') AS expired,
      (SELECT count(*)::int FROM tier_change WHERE workspace_id = ${workspace} AND until IS NOT NULL AND ended_at >= until) AS ended,
      (SELECT count(*)::int FROM turned_away WHERE workspace_id = ${workspace} AND reason = 'excluded') AS excluded,
      (SELECT count(*)::int FROM run WHERE workspace_id = ${workspace} AND entry_event ->> 'name' = 'points_expiring') AS told`);
  for (const what of ["expired", "ended", "excluded", "told"] as const) seen[what] += found?.[what] ?? 0;
}

const MADE = /^([0-9a-f]{8}-[0-9a-f-]{27}|SAMPLE-\d+|sample-\d+|event-\d+)$/;

/** As JSON, effects in the ledger's order; ids that only one of the two can know are the same word. */
function plain(view: ReturnType<typeof viewOf>, known: ReadonlySet<string>): unknown {
  const sorted = {
    ...view,
    ...Object.fromEntries(
      (["coupons", "points", "messages", "tasks", "calls"] as const).map((what) => [
        what,
        [...view[what]].map((one) => JSON.stringify(one, Object.keys(one).sort())).sort(),
      ]),
    ),
  };
  return JSON.parse(
    JSON.stringify(sorted, (key, value) =>
      key === "code" ? "code" : typeof value === "string" && MADE.test(value) && !known.has(value) ? "made" : value,
    ),
  );
}
