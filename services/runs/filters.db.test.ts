import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Page } from "@/core/cursor";
import type { MemberId, RunId } from "@/core/ids";
import { engine, peek, type Sql, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { firstIdOf } from "@/services/workspaces/first-id";
import { database } from "@/tests/harness/database";
import { liveJourney, members } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { listRuns } from "./list";
import { listMessages } from "./messages";
import { messageReasons, runReasons } from "./reasons";

await database();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** An id as one made that day would be; `newId` itself never goes back in time. */
const idAt = <T extends string>(at: number): T =>
  (firstIdOf(new Date(at)).slice(0, 24) + randomBytes(6).toString("hex")) as T;
const wait = { event: "store_visit", when: { all: [] }, within: "P7D" };

/** A journey with one run a member, each entered so many hours ago. */
async function entered(own: Shop, hours: readonly number[]) {
  const { id } = await liveJourney(own, line([[{ id: "w", kind: "wait-for", config: wait }, "happened"]]));
  const all = await members(own, hours.length);
  const now = Date.now();
  const runs: RunId[] = [];
  const [plan] = await peek<{ id: string }>(sql`SELECT id FROM plan WHERE journey_id = ${id}`);
  await engine(async (tx) => {
    for (const [i, ago] of hours.entries()) {
      const run = idAt<RunId>(now - ago * HOUR);
      runs.push(run);
      await tx.run(sql`
        INSERT INTO run (workspace_id, id, journey_id, member_id, plan_id, entry_key, step, state, entered_at)
        VALUES (${own.workspace}, ${run}, ${id}, ${all[i]}, ${plan?.id}, ${run}, 'w.start', 'parked', ${new Date(now - ago * HOUR)})`);
    }
  });
  return { journey: id, runs, members: all, now: new Date(now) };
}
const found = async (own: Shop, query: object, now: Date): Promise<string[]> => {
  const page = await call(listRuns, own.actor("ops"), query, { now });
  if (!page.ok) throw new Error(JSON.stringify(page));
  return page.value.items.map(({ id }) => id);
};

describe("runs", () => {
  it("are found by how long ago they entered, of all journeys and of one", async () => {
    const own = await shop();
    const { runs, journey, now } = await entered(own, [0.5, 2, 30, 24 * 9]);
    for (const of of [{}, { journey }]) {
      expect(await found(own, { ...of, within: "hour" }, now)).toEqual(runs.slice(0, 1));
      expect(await found(own, { ...of, within: "day" }, now)).toEqual(runs.slice(0, 2));
      expect(await found(own, { ...of, within: "week" }, now)).toEqual(runs.slice(0, 3));
    }
  });

  it("are found by whole days on the workspace's clocks", async () => {
    const own = await shop();
    const { runs } = await entered(own, [0.5, 24 * 9]);
    const day = (ms: number) => new Date(Date.now() + ms + 8 * HOUR).toISOString().slice(0, 10);
    expect(await found(own, { from: day(-DAY) }, new Date())).toEqual([runs[0]]);
    expect(await found(own, { to: day(-5 * DAY) }, new Date())).toEqual([runs[1]]);
    expect(await found(own, { from: day(-9 * DAY), to: day(-9 * DAY) }, new Date())).toEqual([runs[1]]);
    expect(await call(listRuns, own.actor(), { from: "yesterday" })).toMatchObject({
      reason: "invalid",
      path: ["from"],
    });
  });

  it("that failed are found by when they failed, by why, and by their version", async () => {
    const own = await shop();
    const { runs, journey, now } = await entered(own, [24 * 9, 24 * 9, 1]);
    await engine((tx) =>
      tx.run(sql`
        UPDATE run SET state = 'failed', ended_at = CASE WHEN id = ${runs[0]} THEN ${now}::timestamptz ELSE entered_at END, reason = 'the till said: No paper'
        WHERE workspace_id = ${own.workspace} AND id IN (${runs[0]}, ${runs[1]})`),
    );
    expect(await found(own, { state: "failed", within: "day" }, now)).toEqual([runs[0]]);
    expect(await found(own, { reason: "no paper" }, now)).toHaveLength(2);
    expect(await found(own, { reason: "no ink" }, now)).toEqual([]);
    expect(await found(own, { journey, version: 1 }, now)).toHaveLength(3);
    expect(await found(own, { version: 2 }, now)).toEqual([]);
    expect(await call(runReasons, own.actor("ops"), { state: "failed" })).toMatchObject({
      value: { items: [{ reason: "the till said: No paper", count: 2 }] },
    });
    expect(await call(runReasons, own.actor("ops"), { state: "failed", within: "day" }, { now })).toMatchObject({
      value: { items: [{ count: 1 }] },
    });
  });
});

describe("runs behind a journey's totals", () => {
  it("are of a span of time: who entered then, and who reached the goal then, whenever they entered", async () => {
    const own = await shop();
    const { runs, journey, now } = await entered(own, [1, 9, 50]);
    await engine((tx) =>
      tx.run(sql`
        UPDATE run SET state = 'goal', ended_at = ${now}, goal_at = ${now}::timestamptz - (CASE WHEN id = ${runs[1]} THEN interval '2 hours' ELSE interval '20 hours' END)
        WHERE workspace_id = ${own.workspace} AND id IN (${runs[1]}, ${runs[2]})`),
    );
    const since = new Date(now.getTime() - 6 * HOUR).toISOString();
    expect(await found(own, { journey, since }, now)).toEqual([runs[0]]);
    expect(await found(own, { journey, state: "goal", since }, now)).toEqual([runs[1]]);
  });
});

describe("runs that came past a step", () => {
  /** Five runs: two still wait, one was let go on at once by what happened, one timed out long ago, one was taken out while waiting. */
  async function passing(own: Shop) {
    const { runs, journey, now } = await entered(own, [1, 2, 3, 50, 4]);
    const ways = [
      [2, "happened", 0.5],
      [3, "timeout", 48],
    ] as const;
    await engine(async (tx) => {
      for (const [run, port, ago] of ways) {
        const at = new Date(now.getTime() - ago * HOUR);
        await tx.run(sql`
          INSERT INTO journal (workspace_id, run_id, step, lap, port, at) VALUES (${own.workspace}, ${runs[run]}, 'w.start', 0, ${port}, ${at})`);
        await tx.run(sql`
          UPDATE run SET state = 'done', step = 'tag.start', ended_at = ${at} WHERE workspace_id = ${own.workspace} AND id = ${runs[run]}`);
      }
      await tx.run(sql`
        UPDATE run SET state = 'exited', ended_at = ${now} WHERE workspace_id = ${own.workspace} AND id = ${runs[4]}`);
    });
    const since = new Date(now.getTime() - 6 * HOUR).toISOString();
    return { runs, journey, now, since, of: (query: object) => found(own, { journey, ...query }, now) };
  }

  it("are those that stand there and those that went on", async () => {
    const own = await shop();
    const { runs, of } = await passing(own);
    const [first, second, happened, timeout, gone] = runs;
    expect(await of({ reached: "w" })).toEqual([first, second, happened, gone, timeout]);
    expect(await of({ left: "w" })).toEqual([happened, gone, timeout]);
    expect(await of({ left: "w", by: "happened" })).toEqual([happened]);
    expect(await of({ left: "w", by: "timeout" })).toEqual([timeout]);
    expect(await of({ left: "w", by: "@exit" })).toEqual([gone]);
    expect(await of({ reached: "other" })).toEqual([]);
  });

  it("are found however far apart they lie: a page that looked at tens of thousands ends, and the next goes on there", async () => {
    const own = await shop();
    const { journey, now } = await entered(own, [1]);
    const [plan] = await peek<{ id: string }>(sql`SELECT id FROM plan WHERE journey_id = ${journey}`);
    const [member] = await members(own, 1);
    const run = (count: number, days: number, id: Sql) =>
      engine((tx) =>
        tx.run(sql`
          INSERT INTO run (workspace_id, id, journey_id, member_id, plan_id, entry_key, step, state, entered_at)
          SELECT ${own.workspace}, ${id}, ${journey}, ${member}, ${plan?.id}, gen_random_uuid()::text, 'w.start', 'parked', ${now}::timestamptz - ${`${days} days`}::interval - i * interval '1 second'
          FROM generate_series(1, ${count}::int) AS i`),
      );
    const rare = [idAt<RunId>(now.getTime() - 3 * DAY), idAt<RunId>(now.getTime() - 9 * DAY)];
    await run(600, 2, sql`gen_random_uuid()`);
    await run(1, 3, sql`${rare[0]}::uuid`);
    await run(42_500, 4, sql`gen_random_uuid()`);
    await run(1, 9, sql`${rare[1]}::uuid`);
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO journal (workspace_id, run_id, step, lap, port, at)
        SELECT ${own.workspace}, id, 'w.start', 0, 'timeout', ${now} FROM unnest(${rare}::uuid[]) AS id`),
    );
    const pages = async (limit: number, order: "asc" | "desc") => {
      const ids: string[][] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const query: object = { journey, left: "w", by: "timeout", order, limit, ...(cursor && { cursor }) };
        const answer: Awaited<ReturnType<typeof call<typeof listRuns.input, Page<{ id: string }>>>> = await call(
          listRuns,
          own.actor("ops"),
          query,
          { now },
        );
        if (!answer.ok) throw new Error(answer.detail);
        ids.push(answer.value.items.map(({ id }) => id));
        cursor = answer.value.next;
      }
      return ids;
    };
    expect(await pages(50, "desc")).toEqual([[rare[0]], [rare[1]]]);
    expect((await pages(1, "asc")).flat()).toEqual([rare[1], rare[0]]);
    expect(await call(runReasons, own.actor("ops"), { journey, left: "w", by: "timeout" })).toMatchObject({ ok: true });
  });

  it("are those of a span of time, by when they came and by when they went", async () => {
    const own = await shop();
    const { runs, of, since } = await passing(own);
    const [first, second, happened, , gone] = runs;
    expect(await of({ reached: "w", since })).toEqual([first, second, happened, gone]);
    expect(await of({ left: "w", since })).toEqual([happened, gone]);
    expect(await of({ left: "w", by: "timeout", since })).toEqual([]);
    expect(await of({ left: "begin", by: "next", since })).toEqual([first, second, happened, gone]);
  });

  it("leave out whom the holdout kept out", async () => {
    const own = await shop();
    const { runs, of } = await passing(own);
    await engine((tx) =>
      tx.run(
        sql`UPDATE run SET state = 'held', is_held = true WHERE workspace_id = ${own.workspace} AND id = ${runs[0]}`,
      ),
    );
    expect(await of({ reached: "w" })).not.toContain(runs[0]);
    expect(await of({ reached: "begin" })).not.toContain(runs[0]);
  });

  it("are never of another workspace", async () => {
    const own = await shop();
    const { journey, now } = await passing(own);
    expect(await found(await shop(), { journey, reached: "w" }, now)).toEqual([]);
  });
});

it("messages are found by when they were queued, by why they were not sent and by their own number", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const now = Date.now();
  const message = async (ago: number, reason: string | null, of: MemberId | undefined) => {
    const id = idAt(now - ago * HOUR);
    const at = new Date(now - ago * HOUR);
    await engine((tx) =>
      tx.run(sql`
        INSERT INTO message (workspace_id, id, member_id, channel, purpose, state, reason, content, queued_at, not_before, expires_at)
        VALUES (${own.workspace}, ${id}, ${of}, 'sms', 'marketing', ${reason ? "skipped" : "delivered"}, ${reason}, '{}', ${at}, ${at}, ${at})`),
    );
    return id;
  };
  const young = await message(0.5, "no_consent", member);
  const old = await message(50, "no_address", member);
  const sent = await message(1.5, null, member);
  const ids = async (query: object) => {
    const page = await call(listMessages, own.actor("ops"), query, { now: new Date(now) });
    return page.ok ? page.value.items.map(({ id }) => id) : page;
  };
  expect(await ids({ within: "hour" })).toEqual([young]);
  expect(await ids({ within: "day" })).toEqual([young, sent]);
  expect(await ids({ reason: "no_address" })).toEqual([old]);
  expect(await ids({ q: sent })).toEqual([sent]);
  expect(await call(messageReasons, own.actor("ops"), { within: "day" })).toMatchObject({
    value: { items: [{ reason: "no_consent", count: 1 }] },
  });
  expect(await call(messageReasons, (await shop()).actor("ops"), {})).toMatchObject({ value: { items: [] } });
});
