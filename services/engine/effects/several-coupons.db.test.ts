import { expect, it } from "vitest";
import type { JourneyId, MemberId, OfferId } from "@/core/ids";
import type { RunVars } from "@/core/rules/facts";
import { engine, peek, query, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { fillIn } from "@/services/messages/content/fill-in";
import { scopeOf, surroundings } from "@/services/messages/content/scope-of";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { type Link, line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { loadMembers } from "../../members/load";

await database();

/** A second offer beside the shop's own. */
async function another(own: Shop, { stock, perMember }: { stock?: number; perMember?: number }) {
  const offer = newId<OfferId>();
  await engine(async (tx) => {
    await tx.run(sql`
      INSERT INTO offer (workspace_id, id, name, kind, terms, per_member)
      SELECT workspace_id, ${offer}, 'A coffee', kind, terms, ${perMember ?? null} FROM offer WHERE workspace_id = ${own.workspace} AND id = ${own.offer}`);
    await tx.run(
      sql`INSERT INTO offer_stock (workspace_id, offer_id, stock) VALUES (${own.workspace}, ${offer}, ${stock ?? null})`,
    );
  });
  return offer;
}
const both = (...offers: OfferId[]): Link => [
  {
    id: "gift",
    kind: "reward",
    config: { grants: [...offers.map((offer) => ({ is: "coupon", offer })), { is: "points", points: 50 }] },
  },
  "granted",
];
const pay = async (own: Shop, who: readonly MemberId[]) => {
  await accept(
    own,
    who.map((member) => ({ member, event: event("order_paid", { amount: 1 }) })),
  );
  await dispatchAll({ carries: false });
};
async function varsOf(journey: JourneyId): Promise<RunVars> {
  const [run] = await peek<{ vars: RunVars }>(sql`SELECT vars FROM run WHERE journey_id = ${journey}`);
  return run?.vars ?? {};
}
const given = (own: Shop) =>
  peek<{ member: MemberId; coupons: number; points: number }>(sql`
    SELECT m.id AS member, (SELECT count(*) FROM coupon c WHERE c.workspace_id = m.workspace_id AND c.member_id = m.id)::int AS coupons,
      (SELECT coalesce(sum(p.points), 0) FROM points_entry p WHERE p.workspace_id = m.workspace_id AND p.member_id = m.id)::int AS points
    FROM member m WHERE m.workspace_id = ${own.workspace} ORDER BY m.id`);

it("gives all coupons of a reward or none: the shorter stock decides, and the rest of the reward with it", async () => {
  const own = await shop({ stock: 10 });
  const coffee = await another(own, { stock: 2 });
  const journey = await liveJourney(own, line([both(own.offer, coffee)]));
  await pay(own, await members(own, 5));
  await conductAll(journey.shard);
  const had = await given(own);
  expect(had.map(({ coupons, points }) => `${coupons} and ${points}`).sort()).toEqual([
    "0 and 0",
    "0 and 0",
    "0 and 0",
    "2 and 50",
    "2 and 50",
  ]);
  expect(
    await peek(sql`
      SELECT o.issued, s.stock FROM offer_stock s JOIN LATERAL (
        SELECT count(*)::int AS issued FROM coupon c WHERE c.workspace_id = s.workspace_id AND c.offer_id = s.offer_id) o ON true
      WHERE s.workspace_id = ${own.workspace} ORDER BY s.stock`),
  ).toEqual([
    { issued: 2, stock: 2 },
    { issued: 2, stock: 10 },
  ]);
  const ports = await peek<{ port: string; runs: number }>(sql`
    SELECT j.port, count(*)::int AS runs FROM journal j JOIN run r ON r.workspace_id = j.workspace_id AND r.id = j.run_id
    WHERE r.journey_id = ${journey.id} AND j.step = 'gift.start' GROUP BY j.port ORDER BY j.port`);
  expect(ports).toEqual([
    { port: "granted", runs: 2 },
    { port: "out_of_stock", runs: 3 },
  ]);
});

it("refuses the whole reward to who has as many of one of its coupons as the offer allows", async () => {
  const own = await shop();
  const coffee = await another(own, { perMember: 1 });
  const journey = await liveJourney(own, line([both(own.offer, coffee)]));
  const [member] = (await members(own, 1)) as [MemberId];
  await pay(own, [member]);
  await pay(own, [member]);
  await conductAll(journey.shard);
  expect(await given(own)).toEqual([{ member, coupons: 2, points: 50 }]);
});

it("counts two coupons of one offer as two, of its stock and of what a member may have", async () => {
  const own = await shop({ stock: 3, perMember: 2 });
  const journey = await liveJourney(own, line([both(own.offer, own.offer)]));
  await pay(own, await members(own, 2));
  await conductAll(journey.shard);
  expect((await given(own)).map(({ coupons }) => coupons).sort()).toEqual([0, 2]);
});

it("shares the stocks of two rewards that name the same offers in other orders, without waiting for each other for ever", async () => {
  const own = await shop({ stock: 30 });
  const coffee = await another(own, { stock: 25 });
  const one = await liveJourney(own, line([both(own.offer, coffee)]));
  const two = await liveJourney(own, line([both(coffee, own.offer)]));
  await pay(own, await members(own, 20));
  await Promise.all([conductAll(one.shard), conductAll(two.shard)]);
  const [issued] = await peek<{ here: number; there: number }>(sql`
    SELECT count(*) FILTER (WHERE offer_id = ${own.offer})::int AS here, count(*) FILTER (WHERE offer_id = ${coffee})::int AS there
    FROM coupon WHERE workspace_id = ${own.workspace}`);
  expect(issued).toEqual({ here: 25, there: 25 });
});

it("keeps each coupon by its place: texts name all of them, and a wait may ask for one", async () => {
  const own = await shop();
  const coffee = await another(own, {});
  const second: Link = [
    {
      id: "used",
      kind: "wait-for",
      config: {
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "eq", value: { field: "coupon.of.gift.2.id" } },
        within: "P7D",
      },
    },
    "happened",
  ];
  const journey = await liveJourney(own, line([both(own.offer, coffee), second, tagged("t", "had a coffee")]));
  const [member] = (await members(own, 1)) as [MemberId];
  await pay(own, [member]);
  await conductAll(journey.shard);
  const vars = await varsOf(journey.id);
  const [first, last] = [vars.gift?.coupon?.with?.[0], vars.gift?.coupon];
  expect([first?.offer, last?.offer]).toEqual([own.offer, coffee]);

  const around = await surroundings(own.workspace);
  const facts = (await query(own.workspace, (tx) => loadMembers(tx, own.workspace, [member]))).get(member);
  if (!facts) throw new Error("nobody");
  const message = { channel: "sms", purpose: "marketing", variables: vars, entry: null } as const;
  const scope = scopeOf(around, facts, message, "en", new Date());
  const text = "{% for one in coupons %}{{ one.name }} {{ one.code }}; {% endfor %}last {{ coupon.code }}";
  expect(await fillIn("sms", { text }, scope, "marketing")).toEqual({
    ok: true,
    value: { text: `20 off 100 ${first?.code}; A coffee ${last?.code}; last ${last?.code}. Reply STOP to opt out` },
  });

  const redeemed = (id: string | undefined) =>
    accept(own, [{ member, event: event("coupon_redeemed", { coupon_id: id }) }]);
  await redeemed(first?.id);
  await dispatchAll({ carries: false });
  await conductAll(journey.shard);
  expect((await runsOf(journey.id))[0]).toMatchObject({ state: "parked" });
  await redeemed(last?.id);
  await dispatchAll({ carries: false });
  await conductAll(journey.shard);
  expect((await runsOf(journey.id))[0]).toMatchObject({ state: "done" });
});

it("leaves what one coupon gave before as it was kept then", async () => {
  const own = await shop();
  const journey = await liveJourney(own, line([both(own.offer)]));
  await pay(own, await members(own, 1));
  await conductAll(journey.shard);
  const vars = await varsOf(journey.id);
  expect(Object.keys(vars.gift?.coupon ?? {})).not.toContain("with");
});
