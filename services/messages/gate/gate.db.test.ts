import { expect, it } from "vitest";
import type { MemberId, MessageId } from "@/core/ids";
import type { ChannelKind } from "@/core/message/channel";
import { engine, json, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { withdrawConsents } from "@/services/members/consent-withdraw";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { claim } from "../pumping/claim";
import { askRecords } from "../pumping/reconcile";
import { type Queued, queueMessages } from "../queue";
import { receiveReports } from "../report";
import { resumeSending, stopSending } from "../sending";
import { releaseResumed } from "./queue-looks";

await database({ max: 20 });

const DAY = 86_400_000;
const by = { worker: "test/1", provider: "twilio" };
const settings = (own: Shop, messaging: object) =>
  engine((tx) =>
    tx.run(sql`UPDATE workspace SET settings = ${json({ messaging })}::jsonb WHERE id = ${own.workspace}`),
  );

async function queue(own: Shop, set: readonly ({ member: MemberId } & Partial<Queued>)[]): Promise<MessageId[]> {
  const messages = set.map((one) => ({
    id: newId<MessageId>(),
    channel: "sms" as ChannelKind,
    purpose: "marketing" as const,
    priority: 0,
    content: { in: "row" as const, content: { en: { text: "Hello" } } },
    variables: {},
    expiresAt: new Date(Date.now() + 2 * DAY),
    ...one,
  }));
  await engine(async (tx) => queueMessages(tx, own.workspace, messages, new Date()));
  return messages.map(({ id }) => id);
}

type Row = { id: string; state: string; reason: string | null; isHeld: boolean; wait: number | null };
const rows = (own: Shop) =>
  peek<Row>(sql`
    SELECT id, state, reason, is_held AS "isHeld", CASE WHEN is_held AND not_before < 'infinity' THEN extract(epoch FROM not_before - clock_timestamp())::float8 END AS wait
    FROM message WHERE workspace_id = ${own.workspace} ORDER BY id`);
const states = async (own: Shop) =>
  (await rows(own)).map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));

it("lets at most the cap through per member, over three channels and six claimers at once", async () => {
  const own = await shop();
  await settings(own, { caps: { all: { most: 2, days: 1 } } });
  const people = await members(own, 30);
  for (const member of people)
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO identity (workspace_id, kind, value, member_id) VALUES (${own.workspace}, 'push', ${json({ endpoint: `https://push.example/${member}` })}, ${member})`),
    );
  const channels = ["sms", "email", "push"] as const;
  await queue(
    own,
    people.flatMap((member) =>
      channels.flatMap((channel) => [
        { member, channel },
        { member, channel },
      ]),
    ),
  );
  const drain = async (channel: ChannelKind, worker: string) => {
    while ((await claim(own.workspace, channel, 7, { worker, provider: "p" })).took > 0);
  };
  await Promise.all(channels.flatMap((channel) => [drain(channel, "w/1"), drain(channel, "w/2")]));
  const perMember = await peek<{ n: number; held: number }>(sql`
    SELECT count(*) FILTER (WHERE state = 'claimed')::int AS n, count(*) FILTER (WHERE is_held AND reason = 'frequency_cap')::int AS held
    FROM message WHERE workspace_id = ${own.workspace} GROUP BY member_id`);
  expect(perMember).toHaveLength(30);
  expect(new Set(perMember.map(({ n, held }) => `${n} ${held}`))).toEqual(new Set(["2 4"]));
});

it("gives the place of a message that a provider reports failed, or whose records say so, to the one that waits for it", async () => {
  const own = await shop();
  await settings(own, { caps: { all: { most: 1, days: 7 } } });
  const [member] = (await members(own, 1)) as [MemberId];
  const [first, second, third] = await queue(own, [{ member }, { member }, { member }]);
  const take = async () => (await claim(own.workspace, "sms", 10, by)).claimed.map(({ id }) => id);
  expect(await take()).toEqual([first]);
  await receiveReports(
    own.workspace,
    { name: "twilio", channel: "sms" },
    [{ about: "message", key: first ?? "", is: "failed", ref: "S1", reason: "undelivered 30003", suppress: false }],
    new Date(),
  );
  expect(await take()).toEqual([second]);
  await engine((tx) =>
    tx.run(sql`
      UPDATE message SET state = 'unknown', rendered = '{"text":"Hello"}', claimed_at = clock_timestamp() - interval '10 minutes', not_before = clock_timestamp()
      WHERE id = ${second}`),
  );
  await askRecords(own.workspace, "sms", [
    {
      name: "twilio",
      channel: "sms",
      timeoutMs: 1000,
      atOnce: 1,
      perSecond: null,
      send: async () => ({ is: "unknown" }),
      find: async () => ({ is: "refused", lasting: true, suppress: false, reason: "undelivered 30003" }),
    },
  ]);
  expect(await take()).toEqual([third]);
});

it("gives the place under a cap to the higher priority, also on a channel whose sender comes later", async () => {
  const own = await shop();
  await settings(own, { caps: { all: { most: 1, days: 1 } } });
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const [low, high] = await queue(own, [
    { member, priority: 1 },
    { member, channel: "email", priority: 9 },
  ]);
  expect((await claim(own.workspace, "sms", 10, by)).claimed).toEqual([]);
  expect((await claim(own.workspace, "email", 10, by)).claimed.map(({ id }) => id)).toEqual([high]);
  const waiting = (await rows(own)).find(({ id }) => id === low);
  expect(waiting).toMatchObject({ state: "queued", isHeld: true, reason: "frequency_cap" });
  // Looked at again soon, and then held until the day is over.
  await engine((tx) => tx.run(sql`UPDATE message SET not_before = now() WHERE id = ${low}`));
  expect((await claim(own.workspace, "sms", 10, by)).claimed).toEqual([]);
  expect((await rows(own)).find(({ id }) => id === low)?.wait).toBeGreaterThan(86_000);
});

it("skips with the cap as the reason what waited for room to the end of its time", async () => {
  const own = await shop();
  await settings(own, { caps: { channels: { sms: { most: 1, days: 1 } } } });
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await queue(own, [{ member }, { member, expiresAt: new Date(Date.now() + 60_000) }]);
  await claim(own.workspace, "sms", 10, by);
  expect((await rows(own))[1]?.wait).toBeLessThan(61);
  await engine((tx) =>
    tx.run(
      sql`UPDATE message SET not_before = now(), expires_at = now() WHERE workspace_id = ${own.workspace} AND is_held`,
    ),
  );
  await claim(own.workspace, "sms", 10, by);
  expect(await states(own)).toEqual(["claimed", "skipped frequency_cap"]);
});

it("spends a budget exactly, by priority, over claims at once, and not for service messages", async () => {
  const own = await shop();
  await settings(own, { prices: { sms: 10 }, monthlyBudget: 255 });
  const people = await members(own, 60);
  await queue(
    own,
    people.map((member) => ({ member })),
  );
  const claims = await Promise.all(Array.from({ length: 8 }, () => claim(own.workspace, "sms", 10, by)));
  expect(claims.flatMap(({ claimed }) => claimed)).toHaveLength(25);
  const [service] = people;
  if (!service) throw new Error("no member");
  await queue(own, [{ member: service, purpose: "service" }]);
  expect((await claim(own.workspace, "sms", 10, by)).claimed).toHaveLength(1);
  const [spent] = await peek<{ subject: string; spent: number }>(sql`
    SELECT subject, spent FROM spending WHERE workspace_id = ${own.workspace} AND subject LIKE 'month %'`);
  expect(spent?.spent).toBe(260);
});

it("obeys a withdrawal that was committed before, a thousand times, while claims go on", async () => {
  const own = await shop();
  const people = await members(own, 1000);
  await queue(
    own,
    people.map((member) => ({ member })),
  );
  const withdrawn = new Map<MemberId, number>();
  const withdraw = async (some: MemberId[]) => {
    for (const member of some) {
      await engine((tx) =>
        withdrawConsents(tx, own.workspace, [
          {
            member,
            channel: "sms",
            purpose: "marketing",
            isGranted: false,
            source: "test",
            evidence: {},
            at: new Date(),
          },
        ]),
      );
      withdrawn.set(member, performance.now());
    }
  };
  const late: MemberId[] = [];
  const claiming = async (worker: string) => {
    for (;;) {
      const began = performance.now();
      const { took, claimed } = await claim(own.workspace, "sms", 20, { worker, provider: "p" });
      for (const { memberId } of claimed)
        if ((withdrawn.get(memberId) ?? Number.POSITIVE_INFINITY) < began) late.push(memberId);
      if (took === 0) return;
    }
  };
  const back = [...people].reverse();
  await Promise.all([
    withdraw(back.slice(0, 250)),
    withdraw(back.slice(250, 500)),
    withdraw(back.slice(500)),
    claiming("w/1"),
    claiming("w/2"),
  ]);
  expect(late).toEqual([]);
  const [count] = await peek<{ claimed: number; skipped: number }>(sql`
    SELECT count(*) FILTER (WHERE state = 'claimed')::int AS claimed, count(*) FILTER (WHERE state = 'skipped' AND reason = 'no_consent')::int AS skipped
    FROM message WHERE workspace_id = ${own.workspace}`);
  expect((count?.claimed ?? 0) + (count?.skipped ?? 0)).toBe(1000);
  expect(count?.skipped).toBeGreaterThan(0);
}, 60_000);

it("never promotes to a member whom the journey finds by a sensitive tag", async () => {
  const own = await shop();
  const [tagged, plain] = await members(own, 2);
  if (!tagged || !plain) throw new Error("no members");
  await engine(async (tx) => {
    await tx.run(sql`INSERT INTO tag (workspace_id, name, is_sensitive) VALUES (${own.workspace}, 'pregnant', true)`);
    await tx.run(
      sql`INSERT INTO member_tag (workspace_id, member_id, tag, source) VALUES (${own.workspace}, ${tagged}, 'pregnant', 'test')`,
    );
  });
  const journey = await liveJourney(own, {
    name: "Formula",
    entry: "paid",
    nodes: [
      {
        id: "paid",
        kind: "on-event",
        config: {
          event: "order_paid",
          when: { not: { not: { field: "member.tags", is: "contains", value: "pregnant" } } },
        },
      },
      {
        id: "sms",
        kind: "send",
        config: {
          channel: "sms",
          purpose: "marketing",
          expiresAfter: "P2D",
          content: { sms: { en: { text: "Formula" } } },
        },
      },
    ],
    edges: [{ from: "paid", port: "next", to: "sms" }],
    settings: {},
  });
  const of = async (member: MemberId) => {
    const run = newId();
    await engine((tx) =>
      tx.run(sql`
      INSERT INTO run (workspace_id, id, journey_id, member_id, plan_id, entry_key, step, state, entry_event, entered_at)
      VALUES (${own.workspace}, ${run}, ${journey.id}, ${member}, ${journey.plan.id}, '', 'sms.start', 'done', '{}', now())`),
    );
    return {
      in: "plan" as const,
      plan: journey.plan.id,
      journey: journey.id,
      run: run as never,
      step: "sms.start" as never,
      lap: 0,
      effect: 0,
    };
  };
  await queue(own, [
    { member: tagged, content: await of(tagged) },
    { member: plain, content: await of(plain) },
    { member: tagged, content: await of(tagged), purpose: "service" },
  ]);
  await claim(own.workspace, "sms", 10, by);
  expect(await states(own)).toEqual(["skipped sensitive_tag", "claimed", "claimed"]);
});

it("sends nothing while the switch is pulled, and everything once it is lifted", async () => {
  const own = await shop();
  const people = await members(own, 3);
  await queue(
    own,
    people.map((member) => ({ member, purpose: "service" })),
  );
  expect(await call(stopSending, own.actor("ops"), { reason: "wrong price in the text" })).toMatchObject({ ok: true });
  expect((await claim(own.workspace, "sms", 10, by)).took).toBe(0);
  // A saved settings form does not turn it off.
  await engine((tx) =>
    tx.run(
      sql`UPDATE workspace SET settings = settings || ${json({ messaging: {} })}::jsonb WHERE id = ${own.workspace}`,
    ),
  );
  expect((await claim(own.workspace, "sms", 10, by)).took).toBe(0);
  expect(await call(resumeSending, own.actor("viewer"), {})).toMatchObject({ ok: false, reason: "not_allowed" });
  expect(await call(resumeSending, own.actor("ops"), {})).toMatchObject({ ok: true });
  expect((await claim(own.workspace, "sms", 10, by)).claimed).toHaveLength(3);
});

it("holds the messages of a paused journey out of the queue's way, and lets them go when it is live again", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const { id, plan } = await liveJourney(own, {
    name: "J",
    entry: "paid",
    settings: {},
    nodes: [{ id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } }],
    edges: [],
  });
  const run = newId();
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO run (workspace_id, id, journey_id, member_id, plan_id, entry_key, step, state, entry_event, entered_at)
      VALUES (${own.workspace}, ${run}, ${id}, ${member}, ${plan.id}, '', 'x.start', 'done', '{}', now())`),
  );
  await queue(own, [
    {
      member,
      content: {
        in: "plan",
        plan: plan.id,
        journey: id,
        run: run as never,
        step: "x.start" as never,
        lap: 0,
        effect: 0,
      },
    },
  ]);
  const set = (state: string) => engine((tx) => tx.run(sql`UPDATE journey SET state = ${state} WHERE id = ${id}`));
  await set("paused");
  expect((await claim(own.workspace, "sms", 10, by)).claimed).toEqual([]);
  expect(await rows(own)).toMatchObject([{ state: "queued", isHeld: true, reason: "not_live" }]);
  expect((await claim(own.workspace, "sms", 10, by)).took).toBe(0);
  await set("live");
  await engine((tx) => tx.run(releaseResumed(own.workspace, "sms")));
  expect((await claim(own.workspace, "sms", 10, by)).claimed).toHaveLength(1);
});

it("lets a real-time message pass a backlog of bulk, and bulk its fifth", async () => {
  const own = await shop();
  const people = await members(own, 300);
  await queue(
    own,
    people.map((member) => ({ member, isBulk: true, priority: 50 })),
  );
  const hot = await queue(
    own,
    people.slice(0, 100).map((member) => ({ member })),
  );
  const first = await claim(own.workspace, "sms", 20, by);
  expect(
    first.claimed
      .filter(({ isBulk }) => !isBulk)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(hot.slice(0, 16));
  expect(first.claimed.filter(({ isBulk }) => isBulk)).toHaveLength(4);
});
