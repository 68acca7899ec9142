import { COUPON_NOTICES, POINTS_NOTICES } from "../loyalty/expiry-notices";
import { expire } from "../loyalty/points-account";
import { tierAfter } from "../members/timed-tier";
import { hears } from "../plan/plan";
import { dayOf, dayPlus, startOfDay } from "../time/day";
import { said, tell, type World } from "./world";

const DAY_MS = 86_400_000;

/** What the clock has in store for the ledgers, in the order in which the upkeep works. */
type Lapse = { at: number; order: number; happens(world: World): void };

/** When the ledgers next do something by the clock; Infinity = never. */
export const nextLapse = (world: World): number =>
  lapses(world).reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);

/** Does what the upkeep would do by now: tells of coupons and points near their end, writes off points, ends tiers that were for a time. */
export function lapse(world: World): void {
  const due = lapses(world).filter(({ at }) => at <= world.now);
  world.lapsedTo = world.now;
  world.coupons = world.coupons.filter(({ expiresAt }) => expiresAt > world.now);
  for (const { happens } of due.sort((a, b) => a.order - b.order)) happens(world);
}

/** All that is still to come, after what has lapsed. */
function lapses(world: World): Lapse[] {
  const coming = [...ofCoupons(world), ...ofPoints(world), ...ofTier(world)];
  return coming.filter(({ at }) => at > world.lapsedTo);
}

/** A coupon that lives shorter than a notice is told of by a later one only. */
function* ofCoupons({ coupons, scene: { plan } }: World): Generator<Lapse> {
  for (const [i, daysLeft] of COUPON_NOTICES.entries()) {
    const name = daysLeft === 0 ? "coupon_expired" : "coupon_expiring";
    if (!hears(plan, name)) continue;
    for (const { issuedAt, expiresAt, words, depth } of coupons) {
      const at = expiresAt - daysLeft * DAY_MS;
      if (at <= issuedAt) continue;
      yield {
        at,
        order: i,
        happens: (world) => tell(world, name, { ...words, ...(daysLeft > 0 && { days_left: daysLeft }) }, depth),
      };
    }
  }
}

function* ofPoints({ account, scene: { zone, plan }, lapsedTo }: World): Generator<Lapse> {
  const days = new Set(account.lots.flatMap(({ remaining, lastDay }) => (remaining > 0 && lastDay ? [lastDay] : [])));
  for (const lastDay of days) {
    if (hears(plan, "points_expiring"))
      for (const [i, daysLeft] of POINTS_NOTICES.entries()) {
        const at = startOfDay(dayPlus(lastDay, -daysLeft), zone);
        const happens = (world: World) => tellPoints(world, lastDay, daysLeft);
        yield { at, order: COUPON_NOTICES.length + i, happens };
      }
    const at = startOfDay(dayPlus(lastDay, 1), zone);
    // Points that were over already when they came into view are written off at once.
    yield { at: Math.max(at, lapsedTo + 1), order: 100, happens: writeOff };
  }
}

function tellPoints(world: World, last_day: string, days_left: number): void {
  const { account } = world;
  const points = account.lots.reduce((sum, lot) => sum + (lot.lastDay === last_day ? lot.remaining : 0), 0);
  tell(world, "points_expiring", { points, balance: account.balance, last_day, days_left });
}

function writeOff(world: World): void {
  const { account, scene, now } = world;
  const cause = {
    reason: "expired",
    run: null,
    step: null,
    at: new Date(now),
    newId: () => `line-${++world.sequence}`,
  };
  const points = expire(account, dayOf(now, scene.zone), cause).reduce((sum, line) => sum - line.points, 0);
  world.member = { ...world.member, points: account.balance };
  if (points > 0 && hears(scene.plan, "points_expired"))
    tell(world, "points_expired", { points, balance: account.balance, reason: cause.reason });
}

function* ofTier({ timed, lapsedTo }: World): Generator<Lapse> {
  // An end that is past when the tier is given comes at once.
  if (timed) yield { at: Math.max(timed.until, lapsedTo + 1), order: 101, happens: endTier };
}

function endTier(world: World): void {
  const { timed, member } = world;
  if (!timed) return;
  world.timed = null;
  const tier = tierAfter(timed, member.tier);
  if (tier === undefined) return;
  world.member = { ...member, tier };
  said(world, "#tier");
  if (hears(world.scene.plan, "tier_changed"))
    tell(world, "tier_changed", { tier, previous: timed.tier, reason: "time_over" }, timed.depth);
}
