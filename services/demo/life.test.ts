import { describe, expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { discountOf } from "@/core/loyalty/discount";
import { normalEmail, normalPhone } from "@/core/members/identity";
import { YEAR } from "./calendar";
import { Chance } from "./chance";
import { fold } from "./fold";
import { type Life, lifeOf } from "./life";
import { OFFERS } from "./offers";
import { tierFor } from "./tiers";

const now = Date.UTC(2026, 10, 22, 6, 30);
const SEED = "test";
const lives = Array.from({ length: 1_000 }, (_, i) => lifeOf(SEED, i + 1, now));
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
const amounts = ({ moments }: Life, event: string) =>
  moments.filter(({ name }) => name === event).map(({ properties }) => Number(properties.amount));
const folded = (life: Life, number: number) =>
  fold(life, `member-${number}` as MemberId, "store", "Asia/Shanghai", new Chance(`${SEED}/ids/${number}`));

describe("the demo's members", () => {
  it("are the same for the same seed and instant, and others for another seed", () => {
    expect(lifeOf(SEED, 7, now)).toEqual(lifeOf(SEED, 7, now));
    expect(folded(lifeOf(SEED, 7, now), 7)).toEqual(folded(lifeOf(SEED, 7, now), 7));
    expect(lifeOf("other", 7, now)).not.toEqual(lifeOf(SEED, 7, now));
  });

  it("can be reached only where nobody real is", () => {
    for (const { person } of lives) {
      expect(person.phone).toMatch(/^\+8613\d0000\d{4}$/);
      expect(normalPhone(person.phone)).toBe(person.phone);
      expect(normalEmail(person.email)).toBe(person.email);
      expect(person.email).toMatch(/@example\.com$/);
    }
    for (const contact of ["phone", "email", "userId"] as const)
      expect(new Set(lives.map(({ person }) => person[contact])).size).toBe(lives.length);
  });

  it("give about four in five a consent to SMS", () => {
    const share = lives.filter(({ person }) => person.consents.sms).length / lives.length;
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.87);
  });

  it("live between their joining and now, within a year, each day in order", () => {
    for (const { joinedAt, moments, movements } of lives) {
      expect(joinedAt).toBeGreaterThanOrEqual(now - YEAR);
      expect(moments[0]?.at).toBe(joinedAt);
      for (const list of [moments, movements]) {
        expect(list.every(({ at }) => at >= joinedAt && at <= now)).toBe(true);
        expect(list.map(({ at }) => at)).toEqual(list.map(({ at }) => at).sort((a, b) => a - b));
      }
    }
  });

  it("have aggregates that are the sums of their orders", () => {
    lives.forEach((life, i) => {
      const {
        change: { member, facts },
      } = folded(life, i);
      const paid = amounts(life, "order_paid");
      const refunded = amounts(life, "order_refunded");
      expect(member.spent).toBe(sum(paid) - sum(refunded));
      expect(member.orders).toBe(paid.length - refunded.length);
      expect(sum(facts.filter(({ name }) => name === "purchase").map(({ amount }) => amount))).toBe(member.spent);
      expect(sum(facts.filter(({ name }) => name === "visit").map(({ count }) => count))).toBe(member.visits);
    });
  });

  it("stand in the highest tier that their spending reached", () => {
    const tiers = new Set<string>();
    lives.forEach((life, i) => {
      let spent = 0;
      let most = 0;
      for (const { name, properties } of life.moments) {
        if (name === "order_paid") most = Math.max(most, (spent += Number(properties.amount)));
        if (name === "order_refunded") spent -= Number(properties.amount);
      }
      expect(folded(life, i).change.member.tier).toBe(tierFor(most));
      tiers.add(tierFor(most));
    });
    expect([...tiers].sort()).toEqual(["basic", "gold", "platinum", "silver"]);
  });

  it("never spend points that they have not", () => {
    for (const { movements } of lives) {
      let balance = 0;
      for (const { points } of movements) expect((balance += points)).toBeGreaterThanOrEqual(0);
    }
  });

  it("use coupons once an order, in time, for what they are worth", () => {
    const used = lives.flatMap((life) =>
      life.coupons.flatMap((coupon) => (coupon.used ? [{ life, ...coupon, used: coupon.used }] : [])),
    );
    expect(used.length).toBeGreaterThan(50);
    expect(new Set(used.map(({ used: { order } }) => order)).size).toBe(used.length);
    for (const {
      life,
      slot,
      at,
      used: { at: usedAt, order, total },
    } of used) {
      const off = discountOf(OFFERS[slot].terms.discount, total);
      const paid = life.moments.find(({ name, properties }) => name === "order_paid" && properties.order_id === order);
      expect(off).toMatchObject({
        applies: true,
        payable: paid?.properties.amount,
        discount: paid?.properties.discount,
      });
      expect(usedAt).toBeGreaterThan(at);
    }
  });
});
