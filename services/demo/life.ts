import type { EventName } from "@/core/events/catalogue";
import type { EventType } from "@/core/events/inbox-event";
import { discountOf } from "@/core/loyalty/discount";
import { DAY, dayCode, eveningAfter, HOUR, MINUTE, memberWeeks, openingHour, seasonAt, YEAR } from "./calendar";
import { Chance } from "./chance";
import { OFFERS, type OfferSlot } from "./offers";
import { basketAt, orderProperties } from "./order";
import { type Person, personOf } from "./people";
import { type DemoStore, merchantOf, STORES, say, tagOf } from "./places";
import { isAbove, type Tier, tierFor } from "./tiers";

/** Something that happened; instants are epoch milliseconds. */
export type Moment = {
  at: number;
  name: EventName;
  type: EventType;
  properties: Record<string, unknown>;
  traits?: Record<string, unknown>;
};
/** Points earned, or spent (negative). */
export type Movement = { at: number; points: number; reason: string };
/** A coupon and the order it was used for, if it was. `total`: what the order cost before it, in fen. */
export type CouponLife = {
  slot: OfferSlot;
  at: number;
  used?: { at: number; order: string; total: number; store: string };
};
/** A member's year. Moments and movements in the order of time. */
export type Life = {
  person: Person;
  joinedAt: number;
  moments: Moment[];
  movements: Movement[];
  coupons: CouponLife[];
  tier: Tier;
  tags: string[];
};

type Habit = { weight: number; every: number; stops: boolean };
/** How often people come, in days; who `stops` was a regular and is so no longer. */
const HABITS: readonly [Habit, ...Habit[]] = [
  { weight: 8, every: 8, stops: false },
  { weight: 26, every: 25, stops: false },
  { weight: 34, every: 70, stops: false },
  { weight: 14, every: 18, stops: true },
  { weight: 18, every: 300, stops: false },
];
/** Coupons for big orders are told of this long, welcome coupons and member weeks longer: the recipes are that young. */
const RECENT = 21 * DAY;
const MEMBER_WEEKS = 2;
const USES = 0.6;

type Diary = Life & {
  chance: Chance;
  now: number;
  spent: number;
  balance: number;
  orders: number;
  stores: Map<string, number>;
  lastVisit: number;
};

/** The year of the demo's nth member until `now`: the same seed and instant tell the same story. */
export function lifeOf(seed: string, number: number, now: number): Life {
  const person = personOf(seed, number);
  const chance = new Chance(`${seed}/life/${number}`);
  const diary: Diary = {
    person,
    chance,
    now,
    joinedAt: joiningOf(chance, now),
    moments: [],
    movements: [],
    coupons: [],
    tier: "basic",
    tags: [],
    spent: 0,
    balance: 0,
    orders: 0,
    stores: new Map(),
    lastVisit: 0,
  };
  join(diary);
  const offered = memberWeeks(now, MEMBER_WEEKS);
  for (const at of visitsOf(diary)) {
    for (const day of offered.splice(0, offered.filter((day) => day <= at).length)) invite(diary, day);
    visit(diary, at);
  }
  for (const day of offered) invite(diary, day);
  const { moments, movements, coupons, joinedAt, tier } = diary;
  return { person, joinedAt, moments, movements, coupons, tier, tags: tagsOf(diary) };
}

/** A third came over from the old paper cards in the first month, the others since, lately more. */
function joiningOf(chance: Chance, now: number): number {
  const ago = chance.is(0.32) ? YEAR - chance.next() * 30 * DAY : (YEAR - 30 * DAY) * chance.next() ** 1.25;
  return now - Math.max(ago, 10 * MINUTE);
}

function join(diary: Diary): void {
  const {
    person: { userId: _, number: __, store, consents, ...traits },
    chance,
    joinedAt,
    now,
  } = diary;
  const told = { ...traits, favourite_store: store.code, district: store.region };
  diary.moments.push({ at: joinedAt, name: "identified", type: "identify", properties: told, traits: told });
  diary.moments.push({
    at: joinedAt + 1,
    name: "signed_up",
    type: "track",
    properties: { store: store.code, merchant: store.merchant, method: chance.pick(["qr", "till", "mini-program"]) },
  });
  if (joinedAt > now - 60 * DAY) post(diary, "welcome", joinedAt);
}

/** When the member comes: the first time mostly at once, then after random times, more in busy months and at weekends. */
function visitsOf({ chance, joinedAt, now, person }: Diary): number[] {
  const { every, stops } = chance.weighted(HABITS);
  const end = stops ? Math.min(now, joinedAt + (0.2 + 0.5 * chance.next()) * (now - joinedAt)) : now;
  const visits = chance.is(0.7) ? [joinedAt + 5 * MINUTE] : [];
  for (let at = joinedAt; ; ) {
    at = openingHour(chance, at + Math.max(DAY, (chance.gap(every) * DAY) / seasonAt(at)), person.store.merchant);
    if (at >= end) return visits.filter((one) => one < now - HOUR);
    visits.push(at);
  }
}

/** The member week's coupon, for half of those seen in the last 60 days. */
function invite({ chance, coupons, lastVisit }: Diary, day: number): void {
  if (lastVisit > day - 60 * DAY && chance.is(0.5)) coupons.push({ slot: "memberWeek", at: day });
}

function visit(diary: Diary, at: number): void {
  const { chance, person, moments } = diary;
  const store = chance.is(0.82) ? person.store : chance.weighted(STORES);
  const isOnline = chance.is(0.12);
  if (isOnline) {
    moments.push({
      at: at - 4 * MINUTE,
      name: "page_viewed",
      type: "page",
      properties: { path: `/shop/${store.merchant}`, title: "青禾生活商城" },
    });
    order(diary, at, store, true);
    return;
  }
  diary.lastVisit = at;
  diary.stores.set(store.code, (diary.stores.get(store.code) ?? 0) + 1);
  const place = { store: store.code, merchant: store.merchant };
  if (chance.is(0.07)) moments.push({ at, name: "store_visit", type: "track", properties: place });
  else if (chance.is(0.06))
    moments.push({ at, name: "check_in", type: "track", properties: { ...place, streak: chance.int(1, 7) } });
  else order(diary, at, store, false);
}

function order(diary: Diary, at: number, store: DemoStore, isOnline: boolean): void {
  const { chance, person, moments, now } = diary;
  const basket = basketAt(chance, store);
  const id = `GL-${dayCode(at)}-${person.number}-${++diary.orders}`;
  const coupon = isOnline ? undefined : usable(diary, at, basket.total);
  const off = coupon ? discountOf(OFFERS[coupon.slot].terms.discount, basket.total) : undefined;
  const discount = off?.applies ? off.discount : 0;
  if (coupon) coupon.used = { at, order: id, total: basket.total, store: store.code };
  const amount = basket.total - discount;
  moments.push({
    at,
    name: "order_paid",
    type: "track",
    properties: orderProperties(basket, { id, store, isOnline, discount }),
  });
  diary.spent += amount;
  const points = Math.floor(amount / 100);
  if (points > 0) move(diary, at + 1, points, "purchase");
  promote(diary, at + 2);
  if (chance.is(0.008)) {
    moments.push({
      at: at + 30 * MINUTE,
      name: "order_refunded",
      type: "track",
      properties: { order_id: id, amount, is_full: true, merchant: store.merchant },
    });
    diary.spent -= amount;
    if (points > 0) move(diary, at + 30 * MINUTE, -points, "refund");
  } else if (diary.balance >= 500 && chance.is(0.12))
    move(diary, at + 3, -100 * chance.int(1, Math.floor(diary.balance / 100)), "points for cash");
  if (basket.total >= 10_000 && at > now - RECENT) post(diary, diary.tier === "gold" ? "gold" : "others", at);
}

/** Before the journeys were live, coupons went out by hand, each evening. */
function post({ coupons, now }: Diary, slot: OfferSlot, because: number): void {
  const at = eveningAfter(because);
  if (at < now) coupons.push({ slot, at });
}

function move(diary: Diary, at: number, points: number, reason: string): void {
  diary.balance += points;
  diary.movements.push({ at, points, reason });
}

/** A tier is reached at once and kept. */
function promote(diary: Diary, at: number): void {
  const tier = tierFor(diary.spent);
  if (!isAbove(tier, diary.tier)) return;
  diary.moments.push({ at, name: "tier_changed", type: "system", properties: { tier, previous: diary.tier } });
  diary.tier = tier;
}

/** A coupon in hand that this order can use, if the member thinks of it. One coupon an order. */
function usable({ chance, coupons }: Diary, at: number, total: number): CouponLife | undefined {
  return coupons.find(({ slot, at: issued, used }) => {
    const { discount, validity } = OFFERS[slot].terms;
    const lasts = validity.is === "days" ? (validity.days - 1) * DAY : 0;
    return !used && at > issued + HOUR && at < issued + lasts && discountOf(discount, total).applies && chance.is(USES);
  });
}

/** What the member's year says about them. */
function tagsOf({ spent, lastVisit, orders, stores, coupons, now }: Diary): string[] {
  const [favourite] = [...stores].sort(([, a], [, b]) => b - a);
  return [
    ...(spent >= 200_000 ? [say({ en: "high value", "zh-CN": "高价值" })] : []),
    ...(orders > 0 && lastVisit > 0 && lastVisit < now - 60 * DAY ? [say({ en: "dormant", "zh-CN": "沉睡" })] : []),
    ...(favourite && favourite[1] >= 3 ? [tagOf(merchantOf(favourite[0]))] : []),
    ...(coupons.some(({ used }) => used) ? [say({ en: "coupon user", "zh-CN": "爱用券" })] : []),
  ];
}
