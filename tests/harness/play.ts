import { type EventId, laneOf, type MemberId } from "@/core/ids";
import { COUPON_NOTICES, POINTS_NOTICES } from "@/core/loyalty/expiry-notices";
import { couponsOf } from "@/core/rules/coupons-of";
import type { RunVars } from "@/core/rules/facts";
import type { Happening, Pace } from "@/core/simulate/scene";
import { dayPlus, startOfDay } from "@/core/time/day";
import { engine, json, peek, sql } from "@/platform/db";
import { dispatch } from "@/services/engine/dispatching/dispatch";
import { broadcastTurn } from "@/services/engine/entering/broadcast";
import { enterDue } from "@/services/engine/entering/enter-due";
import { releaseHeld } from "@/services/engine/release-held";
import { tellCoupons } from "@/services/expiry/tell-coupons";
import { tellPoints } from "@/services/expiry/tell-points";
import { endTiers } from "@/services/members/end-tiers";
import { expirePoints } from "@/services/points/expire";
import { accept, conductAll, dispatchLane, event, type liveJourney } from "./journey";
import type { Shop } from "./shop";

/** As services/engine/release-held. */
const HELD_GRACE = 60_000;

/** Turns within one instant; more are a play that does not come on. */
const MOST_AT_ONCE = 300;

type Journey = Awaited<ReturnType<typeof liveJourney>>;
type Live = { id: string; state: "ready" | "parked" | "held"; due: number | null; look: number | null };
const LIVE = sql`id, state, (extract(epoch FROM due_at) * 1000)::float8 AS due, (extract(epoch FROM look_at) * 1000)::float8 AS look`;

/** When something is done to a run that waits or is held, after its instant; Infinity = never. */
const comes = ({ state, due, look }: Live, pace: Pace): number => {
  const looked = look === null ? Number.POSITIVE_INFINITY : look + pace.due;
  const isDue = due === null ? Number.POSITIVE_INFINITY : due + (state === "held" ? HELD_GRACE : pace.due);
  return Math.min(looked, isDue);
};

type Playing = {
  clock: { set(at: number): Promise<void> };
  pace: Pace;
  starts: number;
  ends: number;
  /** What people do meanwhile, in their order: before the events of the same instant. */
  acts?: readonly { at: number; does(now: Date): Promise<void> }[];
};

/**
 * Plays a member's events through the real dispatcher and conductor, under a clock that stands wherever something happens: an event, a
 * run that a conductor comes for (`pace` after it became ready), a due instant. Until `ends`, or until nothing more can happen.
 */
export async function play(
  own: Shop,
  { id: journey, shard }: Journey,
  member: MemberId,
  events: readonly (Happening & { id: EventId })[],
  { clock, pace, starts, ends, acts = [] }: Playing,
): Promise<void> {
  const open = [...events];
  const coming = [...acts];
  const readySince = new Map<string, number>();
  let lapsedTo = starts;
  let stood = 0;
  await upkeep(own, starts);
  for (let now = starts; ; ) {
    const [{ waiting } = { waiting: 0 }] = await peek<{ waiting: number }>(
      sql`SELECT count(*)::int AS waiting FROM inbox WHERE workspace_id = ${own.workspace}`,
    );
    const runs = await peek<Live>(sql`
      SELECT ${LIVE} FROM run WHERE journey_id = ${journey} AND state IN ('ready', 'parked', 'held')`);
    for (const { id, state } of runs) {
      if (state !== "ready") readySince.delete(id);
      else if (!readySince.has(id)) readySince.set(id, now);
    }
    const moves = runs.map((run) =>
      run.state === "ready" ? (readySince.get(run.id) ?? now) + pace.ready : comes(run, pace),
    );
    const next = Math.min(
      waiting > 0 ? now : Number.POSITIVE_INFINITY,
      open[0]?.at ?? Number.POSITIVE_INFINITY,
      coming[0]?.at ?? Number.POSITIVE_INFINITY,
      await nextLapse(own, lapsedTo),
      await nextEntryOf(journey),
      ...moves,
    );
    if (next > ends || next === Number.POSITIVE_INFINITY) return;
    stood = next > now ? 0 : stood + 1;
    if (stood > MOST_AT_ONCE)
      throw new Error(
        `stands still at ${new Date(now).toISOString()}: ${waiting} in the inbox, ${JSON.stringify(runs)}`,
      );
    now = Math.max(now, next);
    await clock.set(now);
    while (coming[0] && coming[0].at <= now) await coming.shift()?.does(new Date(now));
    while (open[0] && open[0].at <= now) {
      const happening = open.shift();
      if (happening) await accept(own, [{ member, event: await heard(journey, happening) }]);
    }
    if (now > lapsedTo) await upkeep(own, now);
    lapsedTo = now;
    const lane = laneOf(own.workspace, member);
    await dispatchLane(lane, { carries: pace.ready === 0 });
    // What is left waits for runs that are about to move on: those are moved, and nothing else, before it is judged.
    for (let n = 0; pace.ready > 0 && (await waitsIn(lane)) && n < MOST_AT_ONCE; n++) {
      await dispatch(lane);
      await dispatchLane(lane, { carries: false });
    }
    await enterByClock(shard);
    const live = await peek<Live>(sql`
      SELECT ${LIVE} FROM run WHERE journey_id = ${journey} AND state IN ('ready', 'parked', 'held')`);
    if (live.some(({ state, due }) => state === "held" && due !== null && due + HELD_GRACE <= now))
      await releaseHeld(100);
    for (const { id, state } of live) if (state === "ready" && !readySince.has(id)) readySince.set(id, now);
    const isTime = live.some((run) =>
      run.state === "ready"
        ? (readySince.get(run.id) ?? now) + pace.ready <= now
        : comes(run.state === "held" ? { ...run, due: null } : run, pace) <= now,
    );
    if (!isTime) continue;
    await conductAll(shard);
    // Whatever is ready now became so by this turn's events.
    readySince.clear();
  }
}

const waitsIn = async (lane: number): Promise<boolean> =>
  (await peek(sql`SELECT 1 FROM inbox WHERE lane = ${lane} LIMIT 1`)).length > 0;

const ZONE = "Asia/Shanghai";

/** When a clock next lets somebody into the journey: a due row, or a broadcast that waits. */
async function nextEntryOf(journey: string): Promise<number> {
  const [next] = await peek<{ at: number | null }>(sql`
    SELECT least(
      (SELECT min(extract(epoch FROM at) * 1000)::float8 FROM due WHERE journey_id = ${journey}),
      (SELECT min(extract(epoch FROM starts_at) * 1000)::float8 FROM broadcast WHERE journey_id = ${journey} AND state IN ('waiting', 'running'))) AS at`);
  return next?.at ?? Number.POSITIVE_INFINITY;
}

async function enterByClock({ workspace, journey, shard }: Journey["shard"]): Promise<void> {
  const open = await peek<{ id: string }>(
    sql`SELECT id FROM broadcast WHERE journey_id = ${journey} AND state IN ('waiting', 'running')`,
  );
  for (const { id } of open) while ((await broadcastTurn(workspace, id)).is === "moved");
  while ((await enterDue({ workspace, journey, shard })) === "moved");
}

/** What the ledgers do by the clock, as activities/upkeep has it done; here it never comes late. */
async function upkeep({ workspace }: Shop, at: number): Promise<void> {
  const now = new Date(at);
  await tellCoupons(workspace, now);
  await tellPoints(workspace, ZONE, now);
  await engine((tx) => expirePoints(tx, workspace, now, ZONE));
  await endTiers(now);
}

/** When the upkeep next finds something to do. */
async function nextLapse({ workspace }: Shop, after: number): Promise<number> {
  const [ends] = await peek<{ coupons: number[]; days: string[]; tiers: number[] }>(sql`
    SELECT
      ARRAY(SELECT DISTINCT (extract(epoch FROM expires_at) * 1000)::float8 FROM coupon
        WHERE workspace_id = ${workspace} AND state = 'issued' AND expires_at IS NOT NULL) AS coupons,
      ARRAY(SELECT DISTINCT last_day::text FROM points_lot WHERE workspace_id = ${workspace} AND remaining > 0 AND last_day IS NOT NULL) AS days,
      ARRAY(SELECT (extract(epoch FROM until) * 1000)::float8 FROM tier_change
        WHERE workspace_id = ${workspace} AND until IS NOT NULL AND ended_at IS NULL) AS tiers`);
  const { coupons = [], days = [], tiers = [] } = ends ?? {};
  const all = [
    ...coupons.flatMap((end) => COUPON_NOTICES.map((daysLeft) => end - daysLeft * 86_400_000)),
    ...days.flatMap((day) => POINTS_NOTICES.map((daysLeft) => startOfDay(dayPlus(day, -daysLeft), ZONE))),
    ...days.map((day) => Math.max(after + 1, startOfDay(dayPlus(day, 1), ZONE))),
    ...tiers.map((until) => Math.max(after + 1, until)),
  ];
  return Math.min(...all.filter((at) => at > after));
}

/** The event as ingest would leave it; one about a node names what the node made last, and its answer stands in the ledger. */
async function heard(journey: string, { about, answer, ...happening }: Happening & { id: EventId }) {
  const [run] =
    about === undefined
      ? []
      : await peek<{ vars: RunVars }>(
          sql`SELECT vars FROM run WHERE journey_id = ${journey} AND vars ? ${about} ORDER BY id DESC LIMIT 1`,
        );
  const made = run?.vars[about ?? ""];
  const { task, call, message } = made ?? {};
  const coupon = couponsOf(made).findLast(({ offer }) => (happening.properties?.offer_id ?? offer) === offer);
  if (answer && (task ?? call) !== undefined) await keep(task, call, answer);
  const properties = {
    ...(task !== undefined && { task_id: task }),
    ...(call !== undefined && { call_id: call }),
    ...(message !== undefined && { message_id: message }),
    ...(coupon && { coupon_id: coupon.id, offer_id: coupon.offer, code: coupon.code }),
    ...happening.properties,
  };
  const { id, name, at, type, traits, occurredAt = at, isHistorical = false } = happening;
  return {
    ...event(name, properties, { occurredAt, acceptedAt: at, isHistorical }),
    id,
    messageId: id,
    type: type ?? ("track" as const),
    ...(traits && { traits }),
  };
}

async function keep(
  task: string | undefined,
  call: string | undefined,
  answer: Record<string, unknown>,
): Promise<void> {
  const { outcome = null, ...answers } = answer;
  await engine(async (tx) => {
    await tx.run(
      sql`UPDATE task SET outcome = ${outcome}, answers = ${json(answers)} WHERE id = ${task ?? null}::uuid`,
    );
    await tx.run(sql`UPDATE webhook_call SET response = ${json(answer)} WHERE id = ${call ?? null}::uuid`);
  });
}
