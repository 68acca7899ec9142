import { describe, expect, it } from "vitest";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { redeem } from "@/services/offers/redeeming/redeem";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { getRun } from "./get";
import { listRuns } from "./list";
import { getMessage, listMessages } from "./messages";

await database();

const bigOrder = (of: Shop) => ({
  name: "Big order",
  entry: "paid",
  nodes: [
    {
      id: "paid",
      kind: "on-event",
      config: { event: "order_paid", when: { field: "event.amount", is: "gte", value: 10_000 } },
    },
    {
      id: "gold",
      kind: "if",
      title: "Gold?",
      config: {
        when: {
          all: [
            { field: "member.tier", is: "eq", value: "gold" },
            { not: { field: "member.tags", is: "contains", value: "staff" } },
          ],
        },
      },
    },
    {
      id: "both",
      kind: "reward",
      config: {
        grants: [
          { is: "coupon", offer: of.offer },
          { is: "points", points: 100 },
        ],
      },
    },
    {
      id: "sms",
      kind: "send",
      config: {
        channel: "sms",
        purpose: "marketing",
        expiresAfter: "P2D",
        content: { sms: { "zh-CN": { text: "【青禾】{{ coupon.code }} 退订回T" } } },
      },
    },
    {
      id: "wait",
      kind: "wait-for",
      config: {
        event: "coupon_redeemed",
        when: { field: "event.coupon_id", is: "in", value: { field: "coupon.ids" } },
        within: "P7D",
      },
    },
    { id: "tag", kind: "tag", config: { tag: "coupon user", action: "add" } },
  ],
  edges: [
    { from: "paid", port: "next", to: "gold" },
    { from: "gold", port: "yes", to: "both" },
    { from: "gold", port: "no", to: "sms" },
    { from: "both", port: "granted", to: "sms" },
    { from: "sms", port: "next", to: "wait" },
    { from: "wait", port: "happened", to: "tag" },
  ],
  settings: {},
});
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};

/** A shop with the journey live, and `count` gold members whose order has just been paid and acted on. */
async function afterOrder(count: number, set: { stock?: number } = {}) {
  const own = await shop(set);
  const journey = await liveJourney(own, bigOrder(own));
  const all = await members(own, count, { tier: "gold" });
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { amount: 18_850, order_id: "o1" }) })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  return { own, journey, all: all as [MemberId, ...MemberId[]] };
}

describe("a run's page", () => {
  it("tells each step in the order it was walked, with the reason in words of both languages", async () => {
    const {
      own,
      journey,
      all: [member],
    } = await afterOrder(1);
    const [waiting] = value(await call(listRuns, own.actor(), { journey: journey.id, state: "live" })).items;
    expect(waiting).toMatchObject({
      state: "parked",
      node: "wait",
      nodeKind: "wait-for",
      nodeTitle: null,
      nodeSays: { values: { event: { as: "event", event: "coupon_redeemed" } } },
      member,
      journeyName: "Big order",
      version: 1,
    });
    expect(waiting?.dueAt).toBeInstanceOf(Date);
    const coupons = await peek<{ code: string }>(sql`SELECT code FROM coupon WHERE workspace_id = ${own.workspace}`);
    value(await call(redeem, own.actor(), { code: coupons[0]?.code, amount: 18_850 }));
    await dispatchAll();
    await conductAll(journey.shard);

    const run = value(await call(getRun, own.actor(), { run: waiting?.id }));
    expect(run).toMatchObject({
      state: "done",
      conductor: `journey/${journey.id}/0`,
      entry: { name: "order_paid", properties: { amount: 18_850 } },
    });
    expect(run.steps.map(({ node, port, portName }) => [node, port, portName?.["zh-CN"]])).toEqual([
      ["gold", "yes", "是"],
      ["both", "granted", "已发放"],
      ["sms", "next", undefined],
      ["wait", "happened", "发生了"],
      ["tag", "next", undefined],
    ]);
    expect(run.steps.map(({ title }) => title.en).slice(0, 2)).toEqual(["Gold?", "Reward"]);
    // What has a title is called by it; the others by what they do.
    expect(run.steps.map(({ nodeTitle, nodeSays }) => nodeTitle ?? nodeSays?.text.en).slice(0, 3)).toEqual([
      "Gold?",
      "coupon {g0} + {g1} points",
      "SMS: {text}",
    ]);
    const [gold, both, , wait] = run.steps;
    expect(gold?.findings).toEqual([
      {
        asked: { en: "Tier is Gold", "zh-CN": "等级为金卡" },
        found: { en: "Tier is Gold", "zh-CN": "等级为金卡" },
        held: true,
        of: null,
        isNow: false,
      },
      {
        asked: { en: "not Tags includes “staff”", "zh-CN": "非标签包含“staff”" },
        found: { en: "Tags is not known", "zh-CN": "标签无值" },
        held: true,
        of: null,
        isNow: false,
      },
    ]);
    expect(both?.gave).toMatchObject({ coupon: { code: coupons[0]?.code }, points: 100 });
    expect(wait?.says).toEqual({ en: "This happened: Coupon redeemed.", "zh-CN": "发生了：核销优惠券。" });
  });

  it("says what was refused", async () => {
    const { own, journey } = await afterOrder(1, { stock: 0 });
    const [run] = value(await call(listRuns, own.actor(), { journey: journey.id })).items;
    const { steps } = value(await call(getRun, own.actor(), { run: run?.id }));
    expect(steps.at(-1)).toMatchObject({
      node: "both",
      port: "out_of_stock",
      says: { en: "Refused: out of stock.", "zh-CN": "被拒绝：库存不足。" },
      gave: null,
    });
  });
});

describe("lists of runs and messages", () => {
  it("pages through every run once, and filters by node, state and member", async () => {
    const { own, journey, all } = await afterOrder(23);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: { items: { id: string }[]; next: string | null } = value(
        await call(listRuns, own.actor(), { journey: journey.id, limit: 5, ...(cursor && { cursor }) }),
      );
      seen.push(...page.items.map((run) => run.id));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(23);
    expect(seen).toHaveLength(23);
    expect(value(await call(listRuns, own.actor(), { journey: journey.id, node: "wait" })).items).toHaveLength(23);
    expect(value(await call(listRuns, own.actor(), { journey: journey.id, node: "wai" })).items).toEqual([]);
    expect(value(await call(listRuns, own.actor(), { member: all[0] })).items).toHaveLength(1);
    expect(value(await call(listRuns, own.actor(), { state: "failed" })).items).toEqual([]);
  });

  it("shows the messages of a run, and one of them", async () => {
    const {
      own,
      all: [member],
    } = await afterOrder(1);
    const [run] = value(await call(listRuns, own.actor(), { member })).items;
    const { items } = value(await call(listMessages, own.actor(), { run: run?.id }));
    expect(items).toMatchObject([{ channel: "sms", state: "queued", journeyName: "Big order", member }]);
    expect(value(await call(getMessage, own.actor(), { message: items[0]?.id })).id).toBe(items[0]?.id);
  });

  it("answers as if nothing were there when another workspace asks", async () => {
    const { own, journey } = await afterOrder(1);
    const stranger = (await shop()).actor();
    const [run] = value(await call(listRuns, own.actor(), {})).items;
    const [message] = value(await call(listMessages, own.actor(), {})).items;
    expect(await call(getRun, stranger, { run: run?.id })).toMatchObject({ ok: false, reason: "not_found" });
    expect(await call(getMessage, stranger, { message: message?.id })).toMatchObject({
      ok: false,
      reason: "not_found",
    });
    expect(value(await call(listRuns, stranger, { journey: journey.id })).items).toEqual([]);
    expect(await call(getRun, stranger, { run: newId() })).toMatchObject({ ok: false, reason: "not_found" });
  });
});
