import { describe, expect, it } from "vitest";
import type { MemberId, OfferId } from "@/core/ids";
import { engine, sql, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { issueCoupons } from "@/services/offers/issue";
import { redeem } from "@/services/offers/redeeming/redeem";
import { addPoints } from "@/services/points/add";
import { countSegment, sampleSegment } from "@/services/segments/preview";
import { createSegment, getSegment, updateSegment } from "@/services/segments/segments";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { setConsents } from "./consent";
import { grantConsent, withdrawConsent } from "./consents";
import { getMember } from "./get";
import { listMembers } from "./list";
import { MEMBER_SORTS } from "./member-order";
import { addSuppression, liftSuppression, listSuppressions } from "./suppressions";
import { addMemberTags, listTags, removeMemberTag } from "./tags";
import { memberTimeline } from "./timeline";

await database({ max: 24 });
const now = new Date("2026-11-22T04:00:00Z");
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};

/** `count` members: names repeat, half have spent nothing, every third is gold. */
async function people({ workspace }: Shop, count: number): Promise<MemberId[]> {
  const ids = Array.from({ length: count }, () => newId<MemberId>());
  await engine(async (tx) => {
    await tx.run(sql`
      INSERT INTO member (workspace_id, id, name, phone, email, tier, joined_at, spent, orders, last_order_at)
      SELECT ${workspace}, id, CASE WHEN n % 5 = 0 THEN NULL ELSE '会员' || (n % 7) END, '+861380000' || lpad(n::text, 4, '0'), 'm' || n || '@example.com',
        CASE WHEN n % 3 = 0 THEN 'gold' ELSE 'basic' END, ${now}::timestamptz - (n % 4) * interval '1 day', (n % 2) * 100 * n, n % 2,
        CASE WHEN n % 2 = 1 THEN ${now}::timestamptz - n * interval '1 hour' END
      FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS m (id, n)`);
    await tx.run(sql`
      INSERT INTO identity (workspace_id, kind, value, member_id)
      SELECT ${workspace}, 'card', 'CARD-' || n, id FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS m (id, n)`);
  });
  return ids;
}

describe("the list of members", () => {
  it.each(MEMBER_SORTS.flatMap((sort) => (["asc", "desc"] as const).map((order) => [sort, order] as const)))(
    "pages through all of them once, by %s %s",
    async (sort, order) => {
      const place = await shop();
      const all = await people(place, 53);
      await write(place.workspace, (tx) =>
        addPoints(
          tx,
          place.workspace,
          all.slice(0, 20).map((member, i) => ({ member, points: 1 + (i % 3), reason: "x" })),
          now,
          "Asia/Shanghai",
        ),
      );
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = value(
          await call(listMembers, place.actor(), { sort, order, limit: "10", ...(cursor && { cursor }) }),
        );
        expect(page.total).toBe(cursor ? null : 53);
        seen.push(...page.items.map((line) => line.id));
        cursor = page.next ?? undefined;
      } while (cursor);
      expect(new Set(seen).size).toBe(53);
      expect(seen).toHaveLength(53);
    },
  );

  it.each<[string, string, number]>([
    ["a whole phone", "13800000007", 1],
    ["a phone with spaces", "138 0000 0007", 1],
    ["the last digits", "00007", 1],
    ["an email in capitals", "M7@EXAMPLE.COM", 1],
    ["a card", "CARD-7", 1],
    ["a part of a name", "会员1", 2],
    ["a wildcard, which is none", "%", 0],
    ["a quote", "' OR ''='", 0],
  ])("finds by %s", async (_, q, count) => {
    const place = await shop();
    await people(place, 10);
    expect(value(await call(listMembers, place.actor(), { q })).items).toHaveLength(count);
  });

  it("filters by tier, tag and segment, and leaves out visitors and members merged away", async () => {
    const place = await shop();
    const all = await people(place, 12);
    const [first, second] = all as [MemberId, MemberId];
    await call(addMemberTags, place.actor(), { member: first, tags: ["vip", "coffee"] });
    await engine((tx) =>
      tx.run(sql`UPDATE member SET is_anonymous = true WHERE workspace_id = ${place.workspace} AND id = ${second}`),
    );
    await engine((tx) =>
      tx.run(
        sql`UPDATE member SET merged_into = ${first} WHERE workspace_id = ${place.workspace} AND id = ${all[2] ?? ""}`,
      ),
    );
    const segment = value(
      await call(createSegment, place.actor(), {
        name: "Gold",
        rule: { field: "member.tier", is: "eq", value: "gold" },
      }),
    );
    const ids = async (filter: object) =>
      value(await call(listMembers, place.actor(), filter)).items.map((line) => line.id);
    expect(await ids({})).toHaveLength(10);
    expect(await ids({ tag: "vip" })).toEqual([first]);
    expect(await ids({ tier: "gold" })).toHaveLength(3);
    expect((await ids({ segment: segment.id })).sort()).toEqual((await ids({ tier: "gold" })).sort());
    expect(await ids({ anonymous: "true" })).toEqual([second]);
    expect(await call(listMembers, place.actor(), { segment: newId() })).toMatchObject({
      ok: false,
      reason: "not_found",
      path: ["segment"],
    });
  });

  it.each<[string, Record<string, unknown>, (string | number)[]]>([
    ["a sort that is none", { sort: "password" }, ["sort"]],
    ["a page of 0", { limit: 0 }, ["limit"]],
    ["a page of a million", { limit: "1000000" }, ["limit"]],
    ["a segment that is no id", { segment: "gold" }, ["segment"]],
  ])("refuses %s", async (_, input, path) => {
    const { actor } = await shop();
    expect(await call(listMembers, actor(), input)).toMatchObject({ ok: false, reason: "invalid", path });
  });

  it("begins anew for a cursor of another sort, and refuses what is no cursor of ours", async () => {
    const place = await shop();
    await people(place, 5);
    const byName = value(await call(listMembers, place.actor(), { sort: "name", limit: 2 })).next;
    expect(value(await call(listMembers, place.actor(), { sort: "joined", limit: 2, cursor: byName })).total).toBe(5);
    for (const cursor of ["garbage", "!!"])
      expect(await call(listMembers, place.actor(), { sort: "joined", limit: 2, cursor })).toMatchObject({
        reason: "invalid",
        path: ["cursor"],
      });
  });
});

describe("one member", () => {
  it("shows tags, points and coupons straight after they were written", async () => {
    const place = await shop();
    const [member] = (await people(place, 1)) as [MemberId];
    await write(place.workspace, async (tx) => {
      await issueCoupons(tx, place.workspace, [{ member, offer: place.offer, source: "test" }], now);
      await addPoints(tx, place.workspace, [{ member, points: 100, reason: "x" }], now, "Asia/Shanghai");
    });
    expect(value(await call(addMemberTags, place.actor(), { member, tags: ["b", "a", "a"] })).tags).toEqual(["a", "b"]);
    expect(value(await call(getMember, place.actor(), { member }, { now }))).toMatchObject({
      points: { balance: 100 },
      coupons: { usable: 1, redeemed: 0 },
      tags: [{ tag: "a" }, { tag: "b" }],
      identities: [{ kind: "card", value: "CARD-1" }],
    });
    expect(value(await call(removeMemberTag, place.actor(), { member, tag: "a" })).tags).toEqual(["b"]);
    expect(value(await call(listTags, place.actor(), {})).items).toEqual([
      { name: "a", isSensitive: false, members: 0 },
      { name: "b", isSensitive: false, members: 1 },
    ]);
    const found = async (q: string) => value(await call(listTags, place.actor(), { q })).items.map(({ name }) => name);
    expect([await found("B"), await found("%"), await found("")]).toEqual([["b"], [], ["a", "b"]]);
  });

  it("tells of what happened as far as the reader may, and refuses by name what they may not", async () => {
    const place = await shop();
    const [member] = (await people(place, 1)) as [MemberId];
    await write(place.workspace, async (tx) => {
      await issueCoupons(tx, place.workspace, [{ member, offer: place.offer, source: "test" }], now);
      await addPoints(tx, place.workspace, [{ member, points: 100, reason: "x" }], now, "Asia/Shanghai");
    });
    const seen = async (role: "owner" | "cashier", kind?: string) => {
      const outcome = await call(memberTimeline, place.actor(role), { member, ...(kind && { kind }) });
      return outcome.ok ? outcome.value.items.map(({ what }) => what).sort() : outcome;
    };
    expect(await seen("owner")).toEqual(["coupon", "points"]);
    expect(await seen("cashier")).toEqual(["coupon"]);
    expect(await seen("cashier", "coupon")).toEqual(["coupon"]);
    expect(await seen("cashier", "points")).toMatchObject({
      reason: "not_allowed",
      detail: "this needs the permission points.read",
      path: ["kind"],
    });
  });

  it("tells each change of consent with its source, and a repetition not at all", async () => {
    const place = await shop();
    const [member] = (await people(place, 1)) as [MemberId];
    const said = (minutes: number, isGranted: boolean, source: string) =>
      write(place.workspace, (tx) =>
        setConsents(tx, place.workspace, [
          {
            member,
            channel: "sms",
            purpose: "marketing",
            isGranted,
            source,
            evidence: { minutes },
            at: new Date(now.getTime() + minutes * 60_000),
          },
        ]),
      );
    await said(0, false, "form");
    await said(1, true, "till");
    await said(2, true, "api");
    await said(3, false, "stop_reply");
    await said(2, true, "late");
    const { items } = value(await call(memberTimeline, place.actor(), { member, kind: "consent" }));
    expect(items.map(({ detail }) => [detail.isGranted, detail.wasGranted, detail.source])).toEqual([
      [false, true, "stop_reply"],
      [true, false, "till"],
      [false, false, "form"],
    ]);
  });

  it("tells its life by time, page by page, each thing once", async () => {
    const place = await shop();
    const [member] = (await people(place, 1)) as [MemberId];
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    for (let i = 0; i < 12; i++)
      await engine((tx) =>
        tx.run(sql`
        INSERT INTO event (workspace_id, id, member_id, message_id, type, name, properties, occurred_at, accepted_at)
        VALUES (${place.workspace}, ${newId()}, ${member}, ${newId()}, 'track', 'order_paid', '{"amount": 1}', ${at(i - (i % 3))}, ${at(i)})`),
      );
    const [issued] = await write(place.workspace, (tx) =>
      issueCoupons(tx, place.workspace, [{ member, offer: place.offer, source: "test" }], at(20)),
    );
    await write(place.workspace, (tx) =>
      addPoints(tx, place.workspace, [{ member, points: 5, reason: "x" }], at(21), "Asia/Shanghai"),
    );
    value(
      await call(
        redeem,
        place.actor(),
        { code: issued?.ok ? issued.coupon.code : "", amount: 10_000 },
        { now: at(22) },
      ),
    );
    const seen: { what: string; id: string; at: Date }[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: { items: typeof seen; next: string | null } = value(
        await call(memberTimeline, place.actor(), { member, limit: 4, ...(cursor && { cursor }) }),
      );
      seen.push(...page.items);
      cursor = page.next;
    }
    expect(seen.slice(0, 3).map((moment) => moment.what)).toEqual(["redemption", "points", "coupon"]);
    expect(new Set(seen.map((moment) => moment.id)).size).toBe(15);
    expect(seen).toHaveLength(15);
    expect(seen.map((moment) => moment.at.getTime())).toEqual(
      seen.map((moment) => moment.at.getTime()).sort((a, b) => b - a),
    );
    const coupons = async () => value(await call(memberTimeline, place.actor(), { member, kind: "coupon" })).items;
    expect((await coupons()).map(({ detail }) => detail.state)).toEqual(["redeemed"]);
    await engine((tx) =>
      tx.run(
        sql`UPDATE coupon SET state = 'issued', expires_at = '2020-01-01' WHERE workspace_id = ${place.workspace}`,
      ),
    );
    expect((await coupons()).map(({ detail }) => detail.state)).toEqual(["expired"]);
  });

  it("keeps the consent said last whatever arrives first, and a refusal at the same instant", async () => {
    const { workspace, actor, ...place } = await shop();
    const [member] = (await people({ workspace, actor, ...place }, 1)) as [MemberId];
    const say = (isGranted: boolean, at: Date) =>
      write(workspace, (tx) =>
        setConsents(tx, workspace, [
          { member, channel: "sms", purpose: "marketing", isGranted, source: "test", evidence: {}, at },
        ]),
      );
    const granted = async () => value(await call(getMember, actor(), { member })).consents.map((one) => one.isGranted);
    await say(false, now);
    await say(true, new Date(now.getTime() - 1));
    expect(await granted()).toEqual([false]);
    await say(true, now);
    expect(await granted()).toEqual([false]);
    value(
      await call(
        grantConsent,
        actor(),
        { member, channel: "sms", evidence: "form at the till" },
        { now: new Date(now.getTime() + 1) },
      ),
    );
    expect(await granted()).toEqual([true]);
    value(await call(withdrawConsent, actor(), { member, channel: "sms" }, { now: new Date(now.getTime() + 2) }));
    expect(await granted()).toEqual([false]);
  });

  it("bars an address as it is stored and lifts the bar again", async () => {
    const place = await shop();
    value(await call(addSuppression, place.actor(), { channel: "sms", address: "138 0000 0001" }));
    expect(await call(addSuppression, place.actor(), { channel: "email", address: "no address" })).toMatchObject({
      ok: false,
      reason: "invalid",
      path: ["address"],
    });
    expect(value(await call(listSuppressions, place.actor(), {})).items).toMatchObject([
      { channel: "sms", address: "+8613800000001" },
    ]);
    expect((await call(liftSuppression, place.actor(), { channel: "sms", address: "+8613800000001" })).ok).toBe(true);
    expect(await call(liftSuppression, place.actor(), { channel: "sms", address: "+8613800000001" })).toMatchObject({
      ok: false,
      reason: "not_found",
    });
  });
});

describe("segments", () => {
  it("counts and samples a rule while it is drawn, and a stored one alike", async () => {
    const place = await shop();
    await people(place, 12);
    const rule = {
      all: [
        { field: "member.tier", is: "eq", value: "gold" },
        { field: "member.spent", is: "gte", value: 300 },
      ],
    };
    expect(value(await call(countSegment, place.actor(), { rule }))).toEqual({ count: 2, of: 12 });
    expect(value(await call(sampleSegment, place.actor(), { rule, limit: 1 })).items).toHaveLength(1);
    const segment = value(await call(createSegment, place.actor(), { name: "Good gold", rule }));
    value(await call(updateSegment, place.actor(), { segment: segment.id, rule: { all: [] } }));
    expect(value(await call(countSegment, place.actor(), { segment: segment.id })).count).toBe(12);
    expect(value(await call(getSegment, place.actor(), { segment: segment.id })).name).toBe("Good gold");
  });

  it("refuses a rule that asks for an event, naming the field", async () => {
    const { actor } = await shop();
    const rule = { field: "event.amount", is: "gt", value: 1 };
    for (const outcome of [
      await call(createSegment, actor(), { name: "x", rule }),
      await call(countSegment, actor(), { rule }),
    ])
      expect(outcome).toMatchObject({
        ok: false,
        reason: "invalid",
        detail: expect.stringContaining("fields that begin with member."),
        path: ["rule"],
      });
  });
});

it("answers as if nothing were there when another workspace asks for members and segments", async () => {
  const [mine, theirs] = [await shop(), await shop()];
  const [member] = (await people(mine, 1)) as [MemberId];
  const segment = value(await call(createSegment, mine.actor(), { name: "x", rule: { all: [] } })).id;
  const stranger = theirs.actor();
  for (const outcome of [
    await call(getMember, stranger, { member }),
    await call(memberTimeline, stranger, { member }),
    await call(addMemberTags, stranger, { member, tags: ["x"] }),
    await call(removeMemberTag, stranger, { member, tag: "x" }),
    await call(grantConsent, stranger, { member, channel: "sms", evidence: "x" }),
    await call(withdrawConsent, stranger, { member, channel: "sms" }),
    await call(getSegment, stranger, { segment }),
    await call(updateSegment, stranger, { segment, name: "y" }),
    await call(countSegment, stranger, { segment }),
    await call(sampleSegment, stranger, { segment }),
    await call(listMembers, stranger, { segment }),
  ])
    expect(outcome).toMatchObject({ ok: false, reason: "not_found" });
  expect(value(await call(listMembers, stranger, {})).items).toEqual([]);
  expect(mine.offer satisfies OfferId).not.toBe(theirs.offer);
});
