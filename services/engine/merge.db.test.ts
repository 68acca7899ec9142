import { describe, expect, it } from "vitest";
import { laneOf, type MemberId } from "@/core/ids";
import { engine, name, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { merging } from "@/prisma/merging";
import { call } from "@/services/access/use-case";
import { listEvents } from "@/services/debugger/list";
import { requeue } from "@/services/events/requeue";
import { setTiers } from "@/services/members/tier";
import { mergeMember, mergeMembers } from "@/services/merging/merge";
import { addPoints } from "@/services/points/add";
import { listRuns } from "@/services/runs/list";
import { listMessages } from "@/services/runs/messages";
import { listTasks } from "@/services/tasks/list";
import { database } from "@/tests/harness/database";
import { accept, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";

await database();

const waiting = {
  name: "Waits",
  entry: "paid",
  nodes: [
    { id: "paid", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P1D" } },
  ],
  edges: [{ from: "paid", port: "next", to: "wait" }],
  settings: {},
};

async function two(own: Shop): Promise<[MemberId, MemberId]> {
  const [from, into] = await members(own, 2);
  if (!from || !into) throw new Error("no members");
  return [from, into];
}

const count = async (table: string, member: MemberId): Promise<number> => {
  const [row] = await peek<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM ${name(table)} WHERE member_id = ${member}`,
  );
  return row?.n ?? 0;
};

/** At least one row of a member in every table that names one. */
async function leaveEverywhere(own: Shop, member: MemberId): Promise<void> {
  const { id: journey, plan } = await liveJourney(own, waiting);
  await accept(own, [{ member, event: event("order_paid", { amount: 10_000 }) }]);
  await dispatchAll({ carries: false });
  const [run] = await peek<{ id: string; step: string }>(sql`SELECT id, step FROM run WHERE member_id = ${member}`);
  if (!run) throw new Error("no run");
  const w = own.workspace;
  const [coupon, segment] = [newId(), newId()];
  await engine(async (tx) => {
    for (const statement of [
      sql`INSERT INTO identity (workspace_id, kind, value, member_id) VALUES (${w}, 'card', 'C1', ${member})`,
      sql`INSERT INTO tag (workspace_id, name) VALUES (${w}, 'vip')`,
      sql`INSERT INTO member_tag (workspace_id, member_id, tag, source) VALUES (${w}, ${member}, 'vip', 'test')`,
      sql`INSERT INTO fact (workspace_id, member_id, name, day, count) VALUES (${w}, ${member}, 'visit', '2026-01-01', 1) ON CONFLICT DO NOTHING`,
      sql`INSERT INTO member_order (workspace_id, member_id, order_id, nth, merchant, paid, refunded, is_undone, counted, has_acted)
        VALUES (${w}, ${member}, 'A-1', 1, '', 100, 0, false, 1, true)`,
      sql`INSERT INTO consent_change (workspace_id, id, member_id, channel, purpose, is_granted, source, at)
        VALUES (${w}, ${newId()}, ${member}, 'sms', 'marketing', true, 'test', now())`,
      sql`INSERT INTO event (workspace_id, id, member_id, message_id, type, name, occurred_at, accepted_at)
        VALUES (${w}, ${newId()}, ${member}, 'm1', 'track', 'came', now(), now())`,
      sql`INSERT INTO dead_letter (workspace_id, id, kind, member_id, payload) VALUES (${w}, ${newId()}, 'event', ${member}, '{}')`,
      sql`INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, issued_at, source)
        VALUES (${w}, ${coupon}, ${own.offer}, ${member}, ${coupon}, now(), 'test')`,
      sql`INSERT INTO redemption (workspace_id, id, coupon_id, member_id, amount, discount, state, at, actor)
        VALUES (${w}, ${newId()}, ${coupon}, ${member}, 100, 10, 'confirmed', now(), 'test')`,
      sql`INSERT INTO member_gate (workspace_id, member_id) VALUES (${w}, ${member})`,
      sql`INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, content, queued_at, not_before, expires_at)
        VALUES (${w}, ${newId()}, ${member}, 'sms', 'service', 'queued', '{}', now(), now(), now())`,
      sql`INSERT INTO complaint (workspace_id, member_id, reference, opened_at) VALUES (${w}, ${member}, 'R1', now())`,
      sql`INSERT INTO task (workspace_id, id, kind, member_id, journey_id, run_id, step, lap, title, opened_at, due_at)
        VALUES (${w}, ${newId()}, 'task', ${member}, ${journey}, ${run.id}, ${run.step}, 0, 'Call', now(), now() + interval '1 day')`,
      sql`INSERT INTO webhook_call (workspace_id, id, member_id, journey_id, run_id, step, lap, plan_id, effect, host, state, queued_at, not_before, expires_at)
        VALUES (${w}, ${newId()}, ${member}, ${journey}, ${run.id}, 's', 0, ${plan.id}, 0, 'h', 'queued', now(), now(), now() + interval '1 day')`,
      sql`INSERT INTO exposure (workspace_id, experiment, member_id, variant, at) VALUES (${w}, 'e', ${member}, 'a', now())`,
      sql`INSERT INTO due (workspace_id, journey_id, member_id, done) VALUES (${w}, ${journey}, ${member}, '2026')`,
      sql`INSERT INTO entry_group (workspace_id, name, member_id, journey_id, run_id, until)
        VALUES (${w}, 'birthday', ${member}, ${journey}, ${run.id}, now() + interval '1 day')`,
      sql`INSERT INTO turned_away (workspace_id, member_id, journey_id, at, reason, event) VALUES (${w}, ${member}, ${journey}, now(), 'paused', '{}')`,
      sql`INSERT INTO segment (workspace_id, id, name, rule) VALUES (${w}, ${segment}, 'All', '{"all":[]}')`,
      sql`INSERT INTO segment_member (workspace_id, segment_id, member_id, is_in, changed_at) VALUES (${w}, ${segment}, ${member}, true, now())`,
    ])
      await tx.run(statement);
    await setTiers(tx, w, [{ member, tier: "gold", reason: "test", source: "test", until: null }], new Date());
    await addPoints(tx, w, [{ member, points: 100, reason: "test" }], new Date(), "Asia/Shanghai");
    requeue(tx, w, [{ lane: laneOf(w, member), member, event: event("came") }]);
  });
}

describe("a merge", () => {
  it("is decided for every table that names a member", async () => {
    const tables = await peek<{ table: string }>(sql`
      SELECT c.relname AS table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'member_id' AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`);
    expect(Object.keys(merging).sort()).toEqual(tables.map(({ table }) => table).sort());
  });

  it("leaves with the merged one only what proves what was, and brings the rest to the survivor", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    await leaveEverywhere(own, from);
    for (const table of Object.keys(merging)) expect([table, await count(table, from)]).not.toEqual([table, 0]);
    await call(mergeMember, own.actor(), { member: from, into });
    for (const [table, fate] of Object.entries(merging))
      if (fate === "moves") expect([table, await count(table, from)]).toEqual([table, 0]);
    await dispatchAll({ carries: false });
    for (const [table, fate] of Object.entries(merging)) {
      const left = await count(table, from);
      expect([table, left > 0]).toEqual([table, fate === "stays"]);
      if (table !== "inbox") expect([table, await count(table, into)]).not.toEqual([table, 0]);
    }
  });

  it("leaves the merged one's id a name of the survivor, wherever lists are narrowed to a member", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    await leaveEverywhere(own, from);
    await call(mergeMember, own.actor(), { member: from, into });
    await dispatchAll({ carries: false });
    for (const [what, list] of Object.entries({ listRuns, listMessages, listEvents, listTasks })) {
      const itemsOf = async (member: MemberId) => {
        const answer = await call<typeof list.input, { items: unknown[] }>(list, own.actor(), { member });
        return answer.ok ? answer.value.items : answer;
      };
      expect([what, await itemsOf(into)]).not.toEqual([what, []]);
      expect([what, await itemsOf(from)]).toEqual([what, await itemsOf(into)]);
      expect([what, await itemsOf(newId())]).toEqual([what, []]);
    }
  });

  it("never joins a member with itself", async () => {
    const own = await shop();
    const [one] = await two(own);
    const actor = { as: "system", workspace: own.workspace, name: "test" } as const;
    expect(await engine((tx) => mergeMembers(tx, actor, { from: one, into: one }, new Date(), newId()))).toBe(false);
    expect(await peek(sql`SELECT merged_into FROM member WHERE id = ${one}`)).toEqual([{ merged_into: null }]);
  });
});

describe("the tier of two who are one", () => {
  const set = (own: Shop, member: MemberId, tier: string, until: Date | null = null) =>
    engine((tx) => setTiers(tx, own.workspace, [{ member, tier, reason: "test", source: "test", until }], new Date()));
  const tierOf = async (member: MemberId) => {
    const [row] = await peek<{ tier: string; open: number; previous: string | null }>(sql`
      SELECT tier, (SELECT count(*)::int FROM tier_change c WHERE c.member_id = m.id AND c.until IS NOT NULL AND c.ended_at IS NULL) AS open,
        (SELECT max(previous) FROM tier_change c WHERE c.member_id = m.id AND c.until IS NOT NULL AND c.ended_at IS NULL) AS previous
      FROM member m WHERE id = ${member}`);
    return row;
  };
  const merge = (own: Shop, from: MemberId, into: MemberId) => call(mergeMember, own.actor(), { member: from, into });
  const later = new Date(Date.now() + 86_400_000);

  it("is the merged one's where the survivor has none, with its end", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    await set(own, from, "gold", later);
    await merge(own, from, into);
    expect(await tierOf(into)).toEqual({ tier: "gold", open: 1, previous: "basic" });
  });

  it("stays the survivor's where both have one, and one end is waited for", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    await set(own, from, "silver", later);
    await set(own, into, "gold");
    await merge(own, from, into);
    expect(await tierOf(into)).toEqual({ tier: "gold", open: 0, previous: null });
  });

  it("falls back to what the merged one had for good, when the survivor's own was for a time", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    await set(own, from, "silver");
    await set(own, into, "gold", later);
    await merge(own, from, into);
    expect(await tierOf(into)).toEqual({ tier: "gold", open: 1, previous: "silver" });
  });
});

it("gives no second benefit of a date to one who had it before the merge", async () => {
  const own = await shop();
  const birthday = await liveJourney(own, {
    name: "Birthday",
    entry: "day",
    nodes: [
      {
        id: "day",
        kind: "on-date",
        config: {
          date: "member.birthday",
          returns: "yearly",
          days: 0,
          time: "00:00",
          leapDay: "feb28",
          when: { all: [] },
        },
      },
      { id: "wait", kind: "delay", config: { for: "P1D" } },
    ],
    edges: [{ from: "day", port: "next", to: "wait" }],
    settings: {},
  });
  const [from, into] = await two(own);
  const year = new Date().getFullYear();
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO due (workspace_id, journey_id, member_id, done, day, edited, at) VALUES
        (${own.workspace}, ${birthday.id}, ${from}, ${String(year)}, '1990-05-05', ${year}, now() + interval '300 days'),
        (${own.workspace}, ${birthday.id}, ${into}, NULL, '1990-05-06', NULL, now() + interval '10 days')`),
  );
  await call(mergeMember, own.actor(), { member: from, into });
  await dispatchAll();
  expect(await peek(sql`SELECT member_id, done, day, edited FROM due WHERE journey_id = ${birthday.id}`)).toEqual([
    { member_id: into, done: String(year), day: "1990-05-06", edited: year },
  ]);
});

describe("of live runs of one journey", () => {
  /** Runs of the merged one and of the survivor, then the merge; what became of the runs, in the order in which they began. */
  async function afterMerge(reentry: object, starts: readonly ("from" | "into")[]): Promise<(string | null)[]> {
    const own = await shop();
    const [from, into] = await two(own);
    const { id } = await liveJourney(own, { ...waiting, settings: { reentry } });
    for (const who of starts) {
      await accept(own, [{ member: who === "from" ? from : into, event: event("order_paid", { amount: 10_000 }) }]);
      await dispatchAll();
    }
    await call(mergeMember, own.actor(), { member: from, into });
    await dispatchAll();
    const runs = await peek<{ reason: string | null; live: number }>(sql`
      SELECT r.reason, e.live FROM run r
      JOIN entry e ON e.journey_id = r.journey_id AND e.member_id = r.member_id AND e.key = r.entry_key
      WHERE r.journey_id = ${id} ORDER BY r.entered_at, r.id`);
    const live = runs.filter(({ reason }) => reason === null).length;
    expect(runs.map((run) => run.live)).toEqual(runs.map(() => live));
    return runs.map(({ reason }) => reason);
  }

  it("keeps the one that began first, where a member can have one", async () => {
    expect(await afterMerge({ is: "once" }, ["into", "from"])).toEqual([null, "merged"]);
    expect(await afterMerge({ is: "once" }, ["from", "into"])).toEqual([null, "merged"]);
  });

  it("lets the other leave where it stood, as whoever leaves: in its journal, on the canvas, and nothing is due of it", async () => {
    const own = await shop();
    const [from, into] = await two(own);
    const { id } = await liveJourney(own, { ...waiting, settings: { reentry: { is: "once" } } });
    for (const member of [into, from]) {
      await accept(own, [{ member, event: event("order_paid", { amount: 10_000 }) }]);
      await dispatchAll();
    }
    await call(mergeMember, own.actor(), { member: from, into });
    await dispatchAll();
    expect(
      await peek(sql`
        SELECT r.state, r.due_at AS due, l.step, l.port, l.why FROM run r
        LEFT JOIN journal l ON l.run_id = r.id AND l.port = '@exit' WHERE r.journey_id = ${id} AND r.reason = 'merged'`),
    ).toEqual([{ state: "exited", due: null, step: "wait.start", port: "@exit", why: { left: "merged" } }]);
    expect(
      await peek(sql`SELECT step, port, count FROM traffic WHERE journey_id = ${id} AND step = 'wait.start'`),
    ).toEqual([{ step: "wait.start", port: "@exit", count: 1 }]);
  });

  it("keeps all, where a member may enter at any time", async () => {
    expect(await afterMerge({ is: "always" }, ["into", "into", "into", "from"])).toEqual([null, null, null, null]);
  });
});
