import { describe, expect, it } from "vitest";
import type { EventId, MemberId } from "@/core/ids";
import { project } from "@/core/members/project";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { recordHistory } from "@/services/intake/record-history";
import { issueCoupons } from "@/services/offers/issue";
import { addPoints } from "@/services/points/add";
import { database } from "@/tests/harness/database";
import { event, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { mergeMembers } from "../merging/merge";
import { loadMembers } from "./load";
import { lockMembers } from "./lock";
import { giveOrders, readOrders } from "./orders";
import { saveProjection } from "./save";

await database({ max: 12 });
const ZONE = "Asia/Shanghai";
const now = new Date("2026-11-22T04:00:00Z");

const load = (own: Shop, ids: MemberId[], since?: string) =>
  engine((tx) => loadMembers(tx, own.workspace, ids, { since }));

/** One turn of a lane, as dispatch takes it: each member gets the events. */
const turn = (own: Shop, ids: MemberId[], events: ReturnType<typeof event>[]) =>
  engine(async (tx) => {
    await lockMembers(tx, own.workspace, ids);
    const loaded = await loadMembers(tx, own.workspace, ids);
    const rows = ids.flatMap((member) => events.map((one) => ({ member, event: one })));
    giveOrders(loaded, await readOrders(tx, own.workspace, rows));
    const changes = [...loaded.values()].map((start) => {
      let member = start;
      const folded = events.map((one) => {
        const projected = project(member, one, ZONE);
        member = projected.member;
        return projected;
      });
      return {
        before: start,
        member,
        facts: folded.flatMap(({ facts }) => facts),
        orders: folded.flatMap(({ order }) => order ?? []),
      };
    });
    saveProjection(tx, own.workspace, changes, now);
  });

describe("a projection", () => {
  it("that was saved is what is loaded, also a turn later", async () => {
    const own = await shop();
    const ids = await members(own, 3);
    const at = { occurredAt: Date.parse("2026-11-20T02:00:00.123Z") };
    const paid = event("order_paid", { order_id: "1", amount: 12_050, store: "S1" }, at);
    const told = {
      ...event("identified", {}, at),
      traits: { district: "静安", birthday: "1990-02-28", tier: "gold" },
      isTrusted: true,
    };
    await turn(own, ids, [paid, told]);
    await turn(own, ids, [event("order_paid", { order_id: "2", amount: 950 }, at)]);
    for (const member of (await load(own, ids, "2026-11-01")).values())
      expect(member).toMatchObject({
        orders: 2,
        spent: 13_000,
        visits: 1,
        firstOrderAt: at.occurredAt,
        lastOrderAt: at.occurredAt,
        birthday: "1990-02-28",
        tier: "gold",
        attributes: { district: "静安" },
        days: expect.arrayContaining([
          { name: "order_paid", day: "2026-11-20", count: 2, amount: 13_000 },
          { name: "purchase", day: "2026-11-20", count: 2, amount: 13_000 },
          { name: "visit", day: "2026-11-20", count: 1, amount: 0 },
        ]),
      });
  });
  it("counts an order once, in one turn and turns later, and its refund once", async () => {
    const own = await shop();
    const [id = newId<MemberId>()] = await members(own, 1);
    const paid = () => event("order_paid", { order_id: "1", amount: 12_050, store: "S1" });
    await turn(own, [id], [paid(), paid()]);
    await turn(own, [id], [paid()]);
    expect((await load(own, [id])).get(id)).toMatchObject({ orders: 1, spent: 12_050, visits: 1 });
    const refund = () => event("order_refunded", { order_id: "1", is_full: true });
    await turn(own, [id], [refund(), refund()]);
    await turn(own, [id], [refund(), paid()]);
    const after = (await load(own, [id], "2000-01-01")).get(id);
    expect(after).toMatchObject({ orders: 0, spent: 0, visits: 1 });
    const purchases = after?.days.filter(({ name }) => name === "purchase") ?? [];
    expect(purchases.reduce((sum, { count }) => sum + count, 0)).toBe(0);
    expect(purchases.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
  });
  it("keeps two orders apart whose names and merchants read the same together", async () => {
    const own = await shop();
    const ids = await members(own, 1);
    const bought = event("order_paid", { order_id: "b c", merchant: "a", amount: 100 });
    await turn(own, ids, [bought, event("order_paid", { order_id: "c", merchant: "a b", amount: 100 })]);
    await turn(own, ids, [bought]);
    for (const member of (await load(own, ids)).values()) expect(member).toMatchObject({ orders: 2, spent: 200 });
  });

  it("loads no daily facts unless they are asked for, and none older than asked", async () => {
    const own = await shop();
    const [id = newId<MemberId>()] = await members(own, 1);
    await turn(own, [id], [event("check_in", {}, { occurredAt: Date.parse("2026-10-01T00:00:00Z") })]);
    expect((await load(own, [id])).get(id)?.days).toEqual([]);
    expect((await load(own, [id], "2026-10-02")).get(id)?.days).toEqual([]);
    expect((await load(own, [id], "2026-10-01")).get(id)?.days).toHaveLength(2);
  });
});

describe("a merge", () => {
  it("counts an order that both told of once, and keeps all others", async () => {
    const own = await shop();
    const [from = newId<MemberId>(), into = newId<MemberId>()] = await members(own, 2);
    const paid = (order_id: string) => ({
      ...event("order_paid", { order_id, amount: 5_000, store: "S1" }),
      id: newId<EventId>(),
    });
    const tell = async (member: MemberId, ...events: ReturnType<typeof paid>[]) => {
      await engine((tx) =>
        recordHistory(
          tx,
          own.workspace,
          events.map((one) => ({ member, event: one })),
        ),
      );
      await turn(own, [member], events);
    };
    await tell(from, paid("both"), paid("from"));
    await tell(into, paid("both"), paid("into"));
    await engine((tx) =>
      mergeMembers(tx, { as: "system", workspace: own.workspace, name: "test" }, { from, into }, now, newId()),
    );
    const survivor = (await load(own, [into], "2000-01-01")).get(into);
    expect(survivor).toMatchObject({ orders: 3, spent: 15_000, visits: 3 });
    const counts = Object.fromEntries((survivor?.days ?? []).map(({ name, count, amount }) => [name, [count, amount]]));
    expect(counts).toEqual({ order_paid: [3, 15_000], purchase: [3, 15_000], visit: [3, 0] });
    await turn(own, [into], ["both", "from", "into"].map(paid));
    expect((await load(own, [into])).get(into)).toMatchObject({ orders: 3, spent: 15_000 });
  });
  it("sets a refund that one told of against the payment that the other told of, in sums and days", async () => {
    const own = await shop();
    const [from = newId<MemberId>(), into = newId<MemberId>()] = await members(own, 2);
    const bought = event("order_paid", { order_id: "1", amount: 5_000 });
    await turn(own, [from], [event("order_refunded", { order_id: "1", is_full: true, amount: 5_000 })]);
    await turn(own, [into], [bought]);
    await engine((tx) =>
      mergeMembers(tx, { as: "system", workspace: own.workspace, name: "test" }, { from, into }, now, newId()),
    );
    const survivor = (await load(own, [into], "2000-01-01")).get(into);
    expect(survivor).toMatchObject({ orders: 0, spent: 0 });
    const purchases = (survivor?.days ?? []).filter(({ name }) => name === "purchase");
    const sum = (what: "count" | "amount") => purchases.reduce((all, one) => all + one[what], 0);
    expect([sum("count"), sum("amount")]).toEqual([0, 0]);
  });
  it("keeps orders of one number apart that were weeks apart, and numbers them anew", async () => {
    const own = await shop();
    const [from = newId<MemberId>(), into = newId<MemberId>()] = await members(own, 2);
    const paid = (amount: number, day: string) =>
      event("order_paid", { order_id: "17", amount }, { occurredAt: Date.parse(`${day}T04:00:00Z`) });
    await turn(own, [from], [paid(100, "2026-08-01"), paid(200, "2026-09-01")]);
    await turn(own, [into], [paid(200, "2026-09-01"), paid(300, "2026-10-01")]);
    await engine((tx) =>
      mergeMembers(tx, { as: "system", workspace: own.workspace, name: "test" }, { from, into }, now, newId()),
    );
    expect((await load(own, [into])).get(into)).toMatchObject({ orders: 3, spent: 600 });
    await turn(own, [into], [paid(100, "2026-08-01"), paid(200, "2026-09-02"), paid(300, "2026-10-03")]);
    expect((await load(own, [into])).get(into)).toMatchObject({ orders: 3, spent: 600 });
  });
  it("keeps the sums of both ledgers, the later word on consent, and happens once", async () => {
    const own = await shop();
    const [from = newId<MemberId>(), into = newId<MemberId>()] = await members(own, 2);
    await engine(async (tx) => {
      await addPoints(
        tx,
        own.workspace,
        [
          { member: from, points: 70, reason: "x" },
          { member: into, points: 30, reason: "x" },
        ],
        now,
        ZONE,
      );
      await issueCoupons(tx, own.workspace, [{ offer: own.offer, member: from, source: "test" }], now);
      await tx.run(
        sql`UPDATE consent SET is_granted = false, at = now() + interval '1 minute' WHERE workspace_id = ${own.workspace} AND member_id = ${from} AND channel = 'sms'`,
      );
    });
    await turn(own, [from, into], [event("order_paid", { amount: 100 })]);
    const merge = () => engine((tx) => mergeMembers(tx, own.actor(), { from, into }, now, newId()));
    expect(await Promise.all([merge(), merge()])).toEqual(expect.arrayContaining([true, false]));
    expect((await load(own, [into])).get(into)).toMatchObject({ points: 100, orders: 2, spent: 200 });
    expect(
      await engine((tx) =>
        tx.one(sql`
          SELECT (SELECT count(*) FROM coupon WHERE workspace_id = ${own.workspace} AND member_id = ${into}) AS coupons,
            (SELECT count(*) FROM audit WHERE workspace_id = ${own.workspace} AND action = 'member.merged') AS audited,
            (SELECT is_granted FROM consent WHERE workspace_id = ${own.workspace} AND member_id = ${into} AND channel = 'sms') AS sms`),
      ),
    ).toEqual({ coupons: 1, audited: 1, sms: false });
  });
});
