import type { EventId } from "../ids";
import { becauseOfEntry } from "../plan/because";
import { nextLook } from "../plan/look";
import type { Plan } from "../plan/plan";
import { isCrowd, keyOf } from "../plan/react";
import { expose, NO_ARMS } from "../policy/holdout";
import { evaluate } from "../rules/evaluate";
import type { Explanation } from "../rules/explain";
import type { EventFacts } from "../rules/facts";
import { dayOf } from "../time/day";
import type { AwayReason } from "./simulation";
import { type EntryCount, factsOf, liveOf, type World } from "./world";

const DAY_MS = 86_400_000;

/** Every entry of a simulation: re-entry, limits, holdout. What other members take of the limits is not known here. */
export function enter(
  world: World,
  key: string,
  event: EventFacts,
  { isBulk, why }: { isBulk: boolean; why: Explanation | undefined },
): void {
  const { now, member, scene, entries, runs } = world;
  const { plan } = scene;
  if (plan.first === null) return;
  const entry = entries.get(key);
  // Shares stand still in a simulation: who is new to them is drawn the same at each entry.
  const { held } = expose(
    member.id,
    { workspace: scene.workspace, journey: plan.journey },
    { workspace: scene.holdout ?? null, journey: plan.holdout ?? null },
    scene.arms ?? NO_ARMS,
    now,
  );
  const reason = whyNot(world, entry, held !== null);
  if (reason) {
    world.away.push({ at: now, event, reason });
    return;
  }
  entries.set(key, { count: (entry?.count ?? 0) + 1, live: (entry?.live ?? 0) + 1, lastAt: now });
  const dueAt = held ? now + held.days * DAY_MS : null;
  const stands = { step: plan.first, state: "held" as const, dueAt };
  runs.push({
    id: `run-${runs.length + 1}`,
    key,
    entry: event,
    entryWhy: why ?? null,
    enteredAt: now,
    state: held ? "held" : "ready",
    step: plan.first,
    lap: 0,
    port: null,
    readyEvent: null,
    readyWhy: {},
    readyAt: now,
    isBulk,
    parkedAt: null,
    dueAt,
    lookAt: held ? nextLook(plan, stands, { ...factsOf(world), entry: event, vars: {} }) : null,
    mail: [],
    vars: {},
    goalAt: null,
    goalValue: null,
    reason: null,
    path: [],
  });
}

/** An entry that the clock makes: by a date, by silence, by a schedule or a broadcast. */
export function enterByClock(world: World, properties: Record<string, unknown>): void {
  const { plan } = world.scene;
  const event: EventFacts = {
    id: `event-${++world.sequence}` as EventId,
    name: plan.entry.event,
    properties,
    occurredAt: world.now,
    acceptedAt: world.now,
    isHistorical: false,
  };
  const facts = { ...factsOf(world), event };
  if (!evaluate(plan.entry.when, facts)) return;
  if (isCrowd(plan, liveOf(world))) world.away.push({ at: world.now, event, reason: "limit_member" });
  else enter(world, keyOf(plan, event, facts), event, { isBulk: true, why: becauseOfEntry(plan, facts) });
}

/** The exclusion group and the re-entry rule first, then the limits of whom the journey serves, of which the one with the least room tells. */
function whyNot(
  { now, scene, entries, runs }: World,
  entry: EntryCount | undefined,
  isHeld: boolean,
): AwayReason | null {
  const { plan, zone, excludedUntil } = scene;
  if (plan.group && excludedUntil !== undefined && excludedUntil > now) return "excluded";
  if (entry && !mayAgain(plan, entry, now)) return "re_entry";
  const { limits } = plan;
  if (!limits) return null;
  const all = [...entries.values()];
  if (limits.perMember !== undefined && all.reduce((sum, { live }) => sum + live, 0) >= limits.perMember)
    return "limit_member";
  // Whom a holdout keeps out takes no place (decision 116), and is kept out at each entry alike: all runs are held, or none is.
  if (isHeld) return null;
  const today = dayOf(now, zone);
  const rooms: { count: number; reason: AwayReason }[] = [];
  const room = (most: number | undefined, taken: number, reason: AwayReason) => {
    if (most !== undefined) rooms.push({ count: most - taken, reason });
  };
  room(
    limits.total,
    all.reduce((sum, { count }) => sum + count, 0),
    "limit_total",
  );
  room(limits.daily, runs.filter(({ enteredAt }) => dayOf(enteredAt, zone) === today).length, "limit_daily");
  room(limits.live, runs.filter(({ state }) => state === "ready" || state === "parked").length, "limit_live");
  const least = rooms.reduce<(typeof rooms)[number] | null>((a, b) => (a === null || b.count < a.count ? b : a), null);
  return least && least.count < 1 ? least.reason : null;
}

function mayAgain({ reentry }: Plan, { live, lastAt }: EntryCount, now: number): boolean {
  switch (reentry.is) {
    case "once":
    case "per_key":
      return false;
    case "always":
      return true;
    case "after_end":
      return live === 0;
    case "every":
      return lastAt <= now - reentry.days * DAY_MS;
    default:
      return reentry satisfies never;
  }
}
