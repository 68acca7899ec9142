import { describe, expect, it } from "vitest";
import type { JobId, JourneyId, MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { cancelJob } from "@/services/jobs/cancel";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { drawing, published, republish, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { workOn } from "../jobs/work";
import { operateRuns, previewRuns } from "./many";
import { exitRun, moveRun, retryRun, wakeRun } from "./one";

await database({ max: 20 });

const order = (member: MemberId) => ({ member, event: event("order_paid", { amount: 100 }) });

async function waiting(own: Shop, count: number, document: object = drawing()) {
  const journey = await published(own, document);
  const all = await members(own, count);
  await accept(own, all.map(order));
  await dispatchAll();
  await conductAll(journey.shard);
  return { ...journey, members: all, run: (await runsOf(journey.id))[0]?.id };
}
const states = async (journey: JourneyId) =>
  (await runsOf(journey)).map(({ state, step, reason }) => `${step} ${state}${reason ? ` ${reason}` : ""}`).sort();
const texts = async (of: Shop) =>
  Object.fromEntries(
    (
      await peek<{ step: string; n: number }>(
        sql`SELECT step, count(*)::int AS n FROM message WHERE workspace_id = ${of.workspace} GROUP BY step`,
      )
    ).map(({ step, n }) => [step, n]),
  );
/** Lets all runs fail where they stand: their step is one that no plan has. Puts it right again afterwards. */
async function failing(journey: Awaited<ReturnType<typeof waiting>>) {
  await peek(
    sql`UPDATE run SET step = 'gone.start', due_at = now() - interval '1 hour' WHERE journey_id = ${journey.id}`,
  );
  await conductAll(journey.shard);
  await peek(sql`UPDATE journey SET state = 'live' WHERE id = ${journey.id}`);
  await peek(sql`UPDATE run SET step = 'week.start' WHERE journey_id = ${journey.id}`);
}
/** Conducts until nobody stands at a step: what is due acts a moment later, so that an accepted event may still win. */
const passes = (journey: Awaited<ReturnType<typeof waiting>>, step: string) =>
  until(async () => {
    await conductAll(journey.shard);
    return (await states(journey.id)).every((one) => !one.startsWith(`${step}.start`));
  });
const many = async (own: Shop, filter: object, operation: object) => {
  const asked = { filter, operation };
  const { token } = value(await call(previewRuns, own.actor("ops"), asked));
  return value(await call(operateRuns, own.actor("ops"), { ...asked, token }));
};

describe("one run", () => {
  it("woken goes on as if its time had come, and notes who woke it", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    value(await call(wakeRun, own.actor("ops"), { run: journey.run }));
    await passes(journey, "week");
    expect(await states(journey.id)).toEqual(["visit.start parked"]);
    expect(
      await peek(sql`SELECT did, from_step, by LIKE 'user:%' AS named FROM handling WHERE run_id = ${journey.run}`),
    ).toEqual([{ did: "wake", from_step: "week.start", named: true }]);
    expect(
      await peek(sql`SELECT action FROM audit WHERE workspace_id = ${own.workspace} AND action LIKE 'run.%'`),
    ).toEqual([{ action: "run.woken" }]);
  });

  it("moved back gets nothing twice, decides anew where it chose or waited, and goes on", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    value(await call(wakeRun, own.actor("ops"), { run: journey.run }));
    await passes(journey, "week");
    for (let i = 0; i < 2; i++) {
      value(await call(moveRun, own.actor("ops"), { run: journey.run, to: "thanks" }));
      await conductAll(journey.shard);
      expect(await states(journey.id)).toEqual(["week.start parked"]);
      value(await call(wakeRun, own.actor("ops"), { run: journey.run }));
      await passes(journey, "week");
      expect(await states(journey.id)).toEqual(["visit.start parked"]);
    }
    expect(await texts(own)).toEqual({ "thanks.start": 1, "again.start": 1 });
    await accept(own, [{ member: journey.members[0] as MemberId, event: event("store_visit") }]);
    await dispatchAll();
    await conductAll(journey.shard);
    expect(await states(journey.id)).toEqual(["came.start done"]);
  });

  it("moved from an older version comes to the published one", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    await republish(own, journey.id, drawing({ second: "新" }), { week: { is: "stay" } });
    await workAll(own.workspace);
    value(await call(moveRun, own.actor("ops"), { run: journey.run, to: "again" }));
    await conductAll(journey.shard);
    expect(
      await peek(
        sql`SELECT p.version FROM message m JOIN plan p ON p.id = m.plan_id WHERE m.workspace_id = ${own.workspace} AND m.step = 'again.start'`,
      ),
    ).toEqual([{ version: 2 }]);
    expect(await call(moveRun, own.actor("ops"), { run: journey.run, to: "nowhere" })).toMatchObject({
      ok: false,
      reason: "conflict",
    });
  });

  it("of the holdout is neither moved, woken nor retried, and may be let go", async () => {
    const own = await shop();
    await peek(sql`
      UPDATE workspace SET settings = settings || '{"holdout":{"percent":100,"days":30}}'::jsonb WHERE id = ${own.workspace}`);
    const journey = await waiting(own, 1);
    const { run } = journey;
    const held = (await runsOf(journey.id))[0];
    expect(held?.state).toBe("held");
    for (const refused of [
      await call(moveRun, own.actor("ops"), { run, to: "thanks" }),
      await call(wakeRun, own.actor("ops"), { run }),
      await call(retryRun, own.actor("ops"), { run }),
    ])
      expect(refused).toMatchObject({
        ok: false,
        reason: "conflict",
        detail: expect.stringContaining("holdout"),
        chinese: expect.stringContaining("对照组"),
      });
    await conductAll(journey.shard);
    expect((await runsOf(journey.id))[0]).toEqual(held);
    expect(await texts(own)).toEqual({});
    value(await call(exitRun, own.actor("ops"), { run }));
    expect((await runsOf(journey.id))[0]?.state).toBe("exited");
  });

  it("that failed is retried under its own key, at the wait where it stood", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    await failing(journey);
    expect((await runsOf(journey.id))[0]?.state).toBe("failed");
    expect(await call(wakeRun, own.actor("ops"), { run: journey.run })).toMatchObject({ reason: "conflict" });
    value(await call(retryRun, own.actor("ops"), { run: journey.run }));
    expect(await peek(sql`SELECT live FROM entry WHERE journey_id = ${journey.id}`)).toEqual([{ live: 1 }]);
    await conductAll(journey.shard);
    expect(await states(journey.id)).toEqual(["visit.start parked"]);
    expect(await texts(own)).toEqual({ "thanks.start": 1, "again.start": 1 });
  });

  it("that failed is not retried when its member has entered again, and once only", async () => {
    const own = await shop();
    const once = { ...drawing(), settings: { reentry: { is: "after_end" } } };
    const journey = await waiting(own, 1, once);
    await failing(journey);
    const run = journey.run;
    const both = await Promise.all([1, 2].map(() => call(retryRun, own.actor("ops"), { run })));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    await failing(journey);
    await accept(own, journey.members.map(order));
    await dispatchAll();
    expect(await call(retryRun, own.actor("ops"), { run })).toMatchObject({
      reason: "conflict",
      detail: expect.stringContaining("again"),
    });
  });

  it("leaves when it is taken out, and is the operators' to handle alone", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    expect(await call(exitRun, own.actor("marketer"), { run: journey.run })).toMatchObject({ reason: "not_allowed" });
    value(await call(exitRun, own.actor("ops"), { run: journey.run }));
    expect(await states(journey.id)).toEqual(["week.start exited taken_out"]);
    expect(await call(exitRun, own.actor("ops"), { run: journey.run })).toMatchObject({ reason: "conflict" });
  });
});

describe("many runs", () => {
  it("are counted and sampled first, and the token is of that very question", async () => {
    const own = await shop();
    const journey = await waiting(own, 12);
    const filter = { journey: journey.id, node: "week", state: "parked" };
    const preview = value(await call(previewRuns, own.actor("ops"), { filter, operation: { is: "exit" } }));
    expect(preview.count).toBe(12);
    expect(preview.sample).toHaveLength(10);
    expect(
      await call(operateRuns, own.actor("ops"), { filter, operation: { is: "wake" }, token: preview.token }),
    ).toMatchObject({ ok: false, reason: "conflict", path: ["token"] });
    const chosen = (await runsOf(journey.id)).slice(0, 3).map(({ id }) => id);
    expect(await many(own, { journey: journey.id, runs: chosen }, { is: "exit" })).toMatchObject({ total: 3 });
    await workAll(own.workspace);
    expect((await states(journey.id)).filter((one) => one.includes("exited"))).toHaveLength(3);
  });

  it("are let go only by who saw them: not with a token of one's own making, an old one, or of far fewer", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    const asked = { filter: { journey: journey.id, state: "parked" }, operation: { is: "exit" } };
    const operate = (token: string, now = new Date()) =>
      call(operateRuns, own.actor("ops"), { ...asked, token }, { now });
    const { token } = value(await call(previewRuns, own.actor("ops"), asked));
    expect(await operate(token.replace(/^2/, "9"))).toMatchObject({ ok: false, reason: "conflict", path: ["token"] });
    expect(await operate(token, new Date(Date.now() + 16 * 60_000))).toMatchObject({
      ok: false,
      detail: expect.stringContaining("15 minutes"),
    });
    await accept(own, (await members(own, 20)).map(order));
    await dispatchAll();
    await conductAll(journey.shard);
    expect(await operate(token)).toMatchObject({ ok: false, detail: expect.stringContaining("22 runs by now, not 2") });
    const again = value(await call(previewRuns, own.actor("ops"), asked));
    expect(value(await operate(again.token))).toMatchObject({ total: 22 });
    const [line] = await peek<{ detail: unknown }>(
      sql`SELECT detail FROM audit WHERE workspace_id = ${own.workspace} AND action = 'runs.operated'`,
    );
    expect(line?.detail).toMatchObject(asked);
    expect(JSON.stringify(line)).not.toContain(again.token);
  });

  it("are only those of the time the list shows: by entry, and failed ones by when they failed", async () => {
    const own = await shop();
    const journey = await waiting(own, 3);
    const [old] = await runsOf(journey.id);
    await peek(sql`UPDATE run SET entered_at = now() - interval '9 days' WHERE id = ${old?.id}`);
    const counted = async (filter: object, operation: object) =>
      value(await call(previewRuns, own.actor("ops"), { filter: { journey: journey.id, ...filter }, operation })).count;
    expect(await counted({ within: "week" }, { is: "exit" })).toBe(2);
    expect(await counted({ to: "2020-01-01" }, { is: "exit" })).toBe(0);
    await failing(journey);
    await peek(
      sql`UPDATE run SET ended_at = now() - interval '9 days' WHERE journey_id = ${journey.id} AND id <> ${old?.id}`,
    );
    expect(await counted({ state: "failed", within: "week" }, { is: "retry" })).toBe(1);
    await many(own, { journey: journey.id, state: "failed", within: "week" }, { is: "retry" });
    await workAll(own.workspace);
    expect(await counted({ state: "failed" }, { is: "retry" })).toBe(2);
  });

  it("are woken once each, killed between batches and conducted all the while", async () => {
    const own = await shop();
    const journey = await waiting(own, 2400);
    const { job, total } = await many(own, { journey: journey.id, state: "parked" }, { is: "wake" });
    expect(total).toBe(2400);
    expect(await workOn(own.workspace, job as JobId)).toBe("moved");
    await Promise.all([workAll(own.workspace), conductAll(journey.shard), workAll(own.workspace)]);
    await workAll(own.workspace);
    await passes(journey, "week");
    expect(await texts(own)).toEqual({ "thanks.start": 2400, "again.start": 2400 });
    expect(await peek(sql`SELECT state, done, skipped FROM job WHERE id = ${job}`)).toEqual([
      { state: "done", done: 2400, skipped: 0 },
    ]);
    expect(
      await peek(
        sql`SELECT count(*)::int AS n FROM run WHERE journey_id = ${journey.id} AND state = 'parked' AND step = 'visit.start'`,
      ),
    ).toEqual([{ n: 2400 }]);
  });

  it("leave while conductors move them: each ends once, and no effect comes after", async () => {
    const own = await shop();
    const journey = await waiting(own, 1500);
    await peek(
      sql`UPDATE run SET due_at = now() - interval '1 minute', parked_at = parked_at - interval '8 days' WHERE journey_id = ${journey.id}`,
    );
    const { job } = await many(own, { journey: journey.id, state: "live" }, { is: "exit" });
    await Promise.all([workAll(own.workspace), conductAll(journey.shard)]);
    await workAll(own.workspace);
    expect(
      await peek(sql`SELECT state, count(*)::int AS n FROM run WHERE journey_id = ${journey.id} GROUP BY 1`),
    ).toEqual([{ state: "exited", n: 1500 }]);
    expect(
      await peek(sql`SELECT sum(live)::int AS live, count(*)::int AS n FROM entry WHERE journey_id = ${journey.id}`),
    ).toEqual([{ live: 0, n: 1500 }]);
    expect(await peek(sql`SELECT state, done FROM job WHERE id = ${job}`)).toEqual([{ state: "done", done: 1500 }]);
    await conductAll(journey.shard);
    expect(Object.values(await texts(own)).every((n) => n <= 1500)).toBe(true);
  });

  it("can be called off; what was done stands", async () => {
    const own = await shop();
    const journey = await waiting(own, 1100);
    const { job } = await many(own, { journey: journey.id }, { is: "exit" });
    await workOn(own.workspace, job as JobId);
    expect(value(await call(cancelJob, own.actor("ops"), { job }))).toMatchObject({ state: "cancelled", done: 1000 });
    expect(await workOn(own.workspace, job as JobId)).toBe("over");
    expect(
      await peek(sql`SELECT state, count(*)::int AS n FROM run WHERE journey_id = ${journey.id} GROUP BY 1 ORDER BY 1`),
    ).toEqual([
      { state: "exited", n: 1000 },
      { state: "parked", n: 100 },
    ]);
  });
});
