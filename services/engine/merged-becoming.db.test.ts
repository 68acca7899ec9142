import { describe, expect, it } from "vitest";
import type { JourneyId, MemberId } from "@/core/ids";
import type { Rule } from "@/core/rules/rule";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { setTiers } from "@/services/members/tier";
import { mergeMember, mergeMembers } from "@/services/merging/merge";
import { segmentMembers } from "@/services/segments/members";
import { createSegment } from "@/services/segments/segments";
import { segmentsTurn } from "@/services/segments/turn";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { value } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const SPENDERS: Rule = { field: "member.spent", is: "gte", value: 10_000 };
const FEW: Rule = { field: "member.spent", is: "lt", value: 10_000 };

/** A trigger → 50 points; who is through may come again. */
const rewarding = (kind: string, config: object) => ({
  name: kind,
  entry: "t",
  nodes: [
    { id: "t", kind, config: { when: { all: [] }, ...config } },
    { id: "gift", kind: "reward", config: { grants: [{ is: "points", points: 50 }] } },
  ],
  edges: [{ from: "t", port: "next", to: "gift" }],
  settings: { reentry: { is: "after_end" } },
});
const two = async (own: Shop): Promise<[MemberId, MemberId]> => (await members(own, 2)) as [MemberId, MemberId];
const keepAll = async ({ workspace }: Shop): Promise<void> => {
  while ((await segmentsTurn(workspace)) === "moved");
  await dispatchAll();
};
const ordered = async (own: Shop, member: MemberId, amount: number): Promise<void> => {
  await accept(own, [{ member, event: event("order_paid", { order_id: newId(), amount }) }]);
  await dispatchAll();
};
const enteredBy = async (journey: JourneyId) => (await runsOf(journey)).map(({ member, state }) => [member, state]);
const pointsOf = async (own: Shop): Promise<number> => {
  const [row] = await peek<{ points: number }>(
    sql`SELECT coalesce(sum(remaining), 0)::int AS points FROM points_lot WHERE workspace_id = ${own.workspace}`,
  );
  return row?.points ?? 0;
};

async function segment(own: Shop, rule: Rule): Promise<string> {
  const { id } = value(await call(createSegment, own.actor(), { name: newId(), rule }));
  await keepAll(own);
  return id;
}
const inside = async (own: Shop, id: string) =>
  value(await call(segmentMembers, own.actor(), { segment: id, limit: "200" })).items.map(({ id, since }) => [
    id,
    since,
  ]);

/** By hand, or by what the app says of the survivor, as an event of theirs tells it. */
const ways = {
  "by hand": async (own: Shop, from: MemberId, into: MemberId) => {
    value(await call(mergeMember, own.actor(), { member: from, into }));
  },
  "by an identify": async (own: Shop, from: MemberId, into: MemberId) => {
    await engine((tx) => mergeMembers(tx, own.actor(), { from, into }, new Date(), newId()));
    await accept(own, [{ member: into, event: { ...event("identify"), type: "identify" } }]);
  },
};

describe.each(Object.entries(ways))("two who are found to be one %s", (_, merge) => {
  it("were in a segment if either was: nobody enters it once more", async () => {
    const own = await shop();
    const id = await segment(own, SPENDERS);
    const { id: journey } = await liveJourney(own, rewarding("on-segment", { segment: id, change: "entered" }));
    const [from, into] = await two(own);
    await ordered(own, from, 12_000);
    const [[, since] = []] = await inside(own, id);
    await merge(own, from, into);
    await dispatchAll();
    await keepAll(own);
    expect(await enteredBy(journey)).toEqual([[into, "done"]]);
    expect(await pointsOf(own)).toBe(50);
    expect(await inside(own, id)).toEqual([[into, since]]);
  });

  it("enter a segment that neither was in, and together they are", async () => {
    const own = await shop();
    const id = await segment(own, SPENDERS);
    const { id: journey } = await liveJourney(own, rewarding("on-segment", { segment: id, change: "entered" }));
    const [from, into] = await two(own);
    await ordered(own, from, 6_000);
    await ordered(own, into, 6_000);
    await merge(own, from, into);
    await dispatchAll();
    await keepAll(own);
    expect(await enteredBy(journey)).toEqual([[into, "done"]]);
  });

  it.each([
    ["only the merged one", 4_000, 12_000],
    ["each by themselves", 6_000, 6_000],
  ])("leave a segment that %s was in, and together they are not", async (_, ofGone, ofSurvivor) => {
    const own = await shop();
    const id = await segment(own, FEW);
    const [left, entered] = [
      await liveJourney(own, rewarding("on-segment", { segment: id, change: "left" })),
      await liveJourney(own, rewarding("on-segment", { segment: id, change: "entered" })),
    ];
    const [from, into] = await two(own);
    await peek(sql`UPDATE member SET spent = ${ofGone} WHERE id = ${from}`);
    await peek(sql`UPDATE member SET spent = ${ofSurvivor} WHERE id = ${into}`);
    await peek(
      sql`UPDATE segment SET state = 'building', position = NULL, is_told = false WHERE workspace_id = ${own.workspace}`,
    );
    await keepAll(own);
    await merge(own, from, into);
    await dispatchAll();
    await keepAll(own);
    expect(await inside(own, id)).toEqual([]);
    expect([await enteredBy(left.id), await enteredBy(entered.id)]).toEqual([[[into, "done"]], []]);
  });

  it("had a tier if either had it: no journey begins with it once more", async () => {
    const own = await shop();
    const { id: journey } = await liveJourney(own, rewarding("on-event", { event: "tier_changed" }));
    const [from, into] = await two(own);
    const gold = { member: from, tier: "gold", reason: "test", source: "test", until: null };
    await engine((tx) => setTiers(tx, own.workspace, [gold], new Date()));
    await dispatchAll();
    await merge(own, from, into);
    await dispatchAll();
    expect(await peek(sql`SELECT tier FROM member WHERE id = ${into}`)).toEqual([{ tier: "gold" }]);
    expect(await enteredBy(journey)).toEqual([[into, "done"]]);
    expect(await pointsOf(own)).toBe(50);
  });
});
