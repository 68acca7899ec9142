import { describe, expect, it, onTestFinished } from "vitest";
import type { MemberId, MessageId } from "@/core/ids";
import { engine, listen, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { openBroadcast } from "@/services/broadcasts/open";
import { withdrawConsents } from "@/services/members/consent-withdraw";
import { mergeMember, mergeMembers } from "@/services/merging/merge";
import { claim } from "@/services/messages/pumping/claim";
import { queueMessages } from "@/services/messages/queue";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { hasWork } from "./claim";
import { dueTurn } from "./due-turn";
import { broadcastTurn } from "./entering/broadcast";

await database({ max: 20 });

async function two(own: Shop): Promise<[MemberId, MemberId]> {
  const [from, into] = await members(own, 2);
  if (!from || !into) throw new Error("no members");
  return [from, into];
}

describe("between a merge and the survivor's next turn", () => {
  const gift = (own: Shop) =>
    line([
      [{ id: "wait", kind: "delay", config: { for: "P1D" } }, "next"],
      [
        {
          id: "gift",
          kind: "reward",
          config: {
            grants: [
              { is: "coupon", offer: own.offer },
              { is: "points", points: 50 },
            ],
          },
        },
        "granted",
      ],
      tagged("tag", "vip"),
    ]);
  const merge = (own: Shop, from: MemberId, into: MemberId) => call(mergeMember, own.actor(), { member: from, into });
  const given = async (own: Shop) => [
    ...(await peek(
      sql`SELECT 'coupon' AS what, member_id AS member FROM coupon WHERE workspace_id = ${own.workspace}`,
    )),
    ...(await peek(
      sql`SELECT 'points' AS what, member_id AS member FROM points_entry WHERE workspace_id = ${own.workspace}`,
    )),
    ...(await peek(
      sql`SELECT 'tag' AS what, member_id AS member FROM member_tag WHERE workspace_id = ${own.workspace}`,
    )),
  ];

  for (const [who, moves] of [
    ["its conductor", conductAll],
    ["a worker's timer", dueTurn],
  ] as const)
    it(`a run whose time is up is not moved by ${who}: what it gives is the survivor's`, async () => {
      const own = await shop();
      const [from, into] = await two(own);
      const { id, shard } = await liveJourney(own, gift(own));
      await accept(own, [{ member: from, event: event("order_paid", { amount: 10_000 }) }]);
      await dispatchAll();
      await peek(sql`UPDATE run SET due_at = now() - interval '1 minute' WHERE journey_id = ${id}`);
      await merge(own, from, into);
      expect(await engine((tx) => hasWork(tx, shard))).toBe(false);
      await moves(shard);
      expect((await runsOf(id)).map(({ member, state }) => ({ member, state }))).toEqual([
        { member: from, state: "parked" },
      ]);
      expect(await given(own)).toEqual([]);
      await dispatchAll();
      await moves(shard);
      expect((await runsOf(id)).map(({ member, state }) => ({ member, state }))).toEqual([
        { member: into, state: "done" },
      ]);
      expect(await given(own)).toEqual(["coupon", "points", "tag"].map((what) => ({ what, member: into })));
    });

  it("a run that is ready waits, and the turn that brings it moves it or rings its conductor", async () => {
    for (const carries of [true, false]) {
      const own = await shop();
      const [from, into] = await two(own);
      const { id, shard } = await liveJourney(own, line([tagged("tag", "vip")]));
      await accept(own, [{ member: from, event: event("order_paid", { amount: 10_000 }) }]);
      await dispatchAll({ carries: false });
      await merge(own, from, into);
      await conductAll(shard);
      expect(await runsOf(id)).toMatchObject([{ member: from, state: "ready" }]);
      const told: string[] = [];
      onTestFinished(
        await listen(
          ["start", "bell"],
          (_way, whom) => whom.includes(id) && told.push(whom),
          () => {},
        ),
      );
      await dispatchAll({ carries });
      expect(await runsOf(id)).toMatchObject([{ member: into, state: carries ? "done" : "ready" }]);
      if (carries) continue;
      await until(() => told.length > 0, { what: "the ring" });
      await conductAll(shard);
      expect(await given(own)).toEqual([{ what: "tag", member: into }]);
    }
  });

  it("a broadcast lets nobody in who was merged away while it waited for them", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    const { id } = await liveJourney(own, {
      ...line([tagged("tag", "vip")]),
      nodes: [
        {
          id: "begin",
          kind: "on-broadcast",
          config: { at: "", segment: "", when: { all: [] }, perMinute: 0 },
        },
        ...line([tagged("tag", "vip")]).nodes.slice(1),
      ],
    });
    const now = new Date();
    await engine((tx) =>
      openBroadcast(tx, own.workspace, id, {
        startsAt: now,
        reach: { event: "broadcast_reached", when: { all: [] } },
        by: "test",
        now,
      }),
    );
    const [broadcast] = await peek<{ id: string }>(sql`SELECT id FROM broadcast WHERE journey_id = ${id}`);
    if (!broadcast) throw new Error("no broadcast");
    await broadcastTurn(own.workspace, broadcast.id);
    let commit = (): void => {};
    const asked = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let merging: Promise<void> | undefined;
    await new Promise<void>((resolve) => {
      merging = engine(async (tx) => {
        await mergeMembers(tx, own.actor(), { from, into }, now, newId());
        resolve();
        await asked;
      });
    });
    const page = broadcastTurn(own.workspace, broadcast.id);
    await until(() => peek(sql`SELECT FROM pg_locks WHERE NOT granted`).then(({ length }) => length > 0), {
      what: "the page behind the merge",
    });
    commit();
    await merging;
    await page;
    expect((await runsOf(id)).map(({ member }) => member)).toEqual([into]);
  });

  it("a message that was written in the merged one's name goes by what the survivor says", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    await merge(own, from, into);
    const queue = (purpose: "marketing" | "service") =>
      engine(async (tx) =>
        queueMessages(
          tx,
          own.workspace,
          [
            {
              id: newId<MessageId>(),
              member: from,
              channel: "email",
              purpose,
              priority: 0,
              content: { in: "row", content: { en: { text: "Hello" } } },
              variables: {},
              expiresAt: new Date(Date.now() + 3_600_000),
            },
          ],
          new Date(),
        ),
      );
    await queue("marketing");
    await queue("service");
    await engine((tx) =>
      withdrawConsents(tx, own.workspace, [
        {
          member: into,
          channel: "email",
          purpose: "marketing",
          isGranted: false,
          source: "test",
          evidence: {},
          at: new Date(),
        },
      ]),
    );
    const { took, claimed } = await claim(own.workspace, "email", 10, { worker: "w/1", provider: "smtp" });
    expect([took, claimed.map(({ purpose, member, address }) => [purpose, member.id, address])]).toEqual([
      2,
      [["service", into, "m2@example.com"]],
    ]);
  });
});
