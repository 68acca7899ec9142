import { describe, expect, it } from "vitest";
import { type JobId, journeyConductor, type MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { holdJob } from "@/services/jobs/hold";
import { archiveJourney } from "@/services/journeys/drafting/archive";
import { pauseJourney } from "@/services/journeys/operating/pause";
import { resumeJourney, resumePreview } from "@/services/journeys/operating/resume";
import { stopJourney } from "@/services/journeys/operating/stop";
import { publishJourney } from "@/services/journeys/publishing/publish";
import { claim as claimMessages } from "@/services/messages/pumping/claim";
import { holdJourney } from "@/services/plans/hold";
import { retire, take } from "@/services/rings/conductors";
import { getRun } from "@/services/runs/get";
import { database, meanwhile } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { drawing, published, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { isOver, START } from "../claim";
import { conduct } from "../conduct";
import { workOn } from "../jobs/work";
import { sweep } from "../sweep";

await database({ max: 20 });

const order = (member: MemberId) => ({ member, event: event("order_paid", { amount: 100 }) });

/** Members of a live journey who wait the week. */
async function waiting(own: Shop, count: number) {
  const journey = await published(own, drawing());
  const all = await members(own, count);
  await accept(own, all.map(order));
  await dispatchAll();
  await conductAll(journey.shard);
  return { ...journey, members: all };
}
const pause = async (own: Shop, journey: string) => value(await call(pauseJourney, own.actor("ops"), { journey }));
const resume = (own: Shop, journey: string, fellDue?: string) =>
  call(resumeJourney, own.actor("ops"), { journey, ...(fellDue && { fellDue }) });
const weekPasses = (journey: string) =>
  peek(
    sql`UPDATE run SET parked_at = parked_at - interval '8 days', due_at = due_at - interval '8 days' WHERE journey_id = ${journey}`,
  );
const states = async (own: Pick<Awaited<ReturnType<typeof waiting>>, "id">) =>
  (await runsOf(own.id)).map(({ state, step, reason }) => `${step} ${state}${reason ? ` ${reason}` : ""}`).sort();
const texts = (own: Shop) =>
  peek(
    sql`SELECT step, state, count(*)::int AS n FROM message WHERE workspace_id = ${own.workspace} GROUP BY 1, 2 ORDER BY 1, 2`,
  );

const CLAIMER = { worker: "test", provider: "twilio" };

describe("a paused journey", () => {
  it("lets nobody in, moves nobody and sends nothing, while waits are still won", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    const [one] = journey.members as [MemberId];
    await weekPasses(journey.id);
    await conductAll(journey.shard);
    expect(await pause(own, journey.id)).toMatchObject({ state: "paused" });
    await accept(own, [order(one), { member: one, event: event("store_visit") }]);
    await dispatchAll();
    await conductAll(journey.shard);
    expect(await states(journey)).toEqual(["visit.start parked", "visit.start ready"]);
    expect((await claimMessages(own.workspace, "sms", 10, CLAIMER)).claimed).toEqual([]);
    // What an event won asks for no answer.
    expect(value(await call(resumePreview, own.actor(), { journey: journey.id }))).toEqual({
      runs: 0,
      messages: 4,
      broadcasts: 0,
    });
    value(await resume(own, journey.id, "late"));
    await workAll(own.workspace);
    await conductAll(journey.shard);
    expect(await states(journey)).toEqual(["came.start done", "visit.start parked"]);
    expect((await claimMessages(own.workspace, "sms", 10, CLAIMER)).took).toBe(4);
  });

  it.each([
    [
      "late",
      "visit.start parked",
      [
        { step: "again.start", state: "queued", n: 3 },
        { step: "thanks.start", state: "queued", n: 3 },
      ],
    ],
    ["skip", "visit.start parked", [{ step: "thanks.start", state: "skipped", n: 3 }]],
    ["exit", "week.start exited left_on_resume", [{ step: "thanks.start", state: "skipped", n: 3 }]],
  ] as const)("asks what becomes of what fell due: %s", async (fellDue, after, sent) => {
    const own = await shop();
    const journey = await waiting(own, 3);
    await pause(own, journey.id);
    await weekPasses(journey.id);
    expect(value(await call(resumePreview, own.actor(), { journey: journey.id }))).toEqual({
      runs: 3,
      messages: 3,
      broadcasts: 0,
    });
    expect(await resume(own, journey.id)).toMatchObject({ ok: false, reason: "invalid", path: ["fellDue"] });
    expect(value(await resume(own, journey.id, fellDue)).job).not.toBeNull();
    await workAll(own.workspace);
    expect(await peek(sql`SELECT state FROM journey WHERE id = ${journey.id}`)).toEqual([{ state: "live" }]);
    await conductAll(journey.shard);
    expect(await states(journey)).toEqual([after, after, after]);
    expect(await texts(own)).toEqual(sent);
    const [run] = await runsOf(journey.id);
    const { steps } = value(await call(getRun, own.actor(), { run: run?.id }));
    const again = steps.find(({ node }) => node === "again");
    expect(again?.says?.en.includes("nothing was sent") ?? false).toBe(fellDue === "skip");
  });

  it("does not let what came while it was held win the wait behind a late effect", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    const [member] = journey.members as [MemberId];
    await pause(own, journey.id);
    await weekPasses(journey.id);
    // The first visit finds the time-out past, and readies the run; both visits come before the late text.
    await accept(own, [
      { member, event: event("store_visit") },
      { member, event: event("store_visit") },
    ]);
    await dispatchAll();
    expect(
      await peek(
        sql`SELECT state, ready_by, jsonb_array_length(mail) AS mail FROM run WHERE journey_id = ${journey.id}`,
      ),
    ).toEqual([{ state: "ready", ready_by: "timer", mail: 2 }]);
    value(await resume(own, journey.id, "late"));
    await workAll(own.workspace);
    await conductAll(journey.shard);
    expect(await states(journey)).toEqual(["visit.start parked"]);
  });

  it("stays paused when it is paused again half way through resuming, and asks anew", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    await pause(own, journey.id);
    await weekPasses(journey.id);
    const { job } = value(await resume(own, journey.id, "skip"));
    expect(await resume(own, journey.id, "late")).toMatchObject({ ok: false, reason: "conflict" });
    expect(await workOn(own.workspace, job as JobId)).toBe("moved");
    await pause(own, journey.id);
    expect(await workOn(own.workspace, job as JobId)).toBe("over");
    expect(await peek(sql`SELECT state FROM journey WHERE id = ${journey.id}`)).toEqual([{ state: "paused" }]);
    value(await resume(own, journey.id, "late"));
    await workAll(own.workspace);
    await conductAll(journey.shard);
    // Passed over once is passed over.
    expect(await states(journey)).toEqual(Array(2).fill("visit.start parked"));
    expect(await texts(own)).toEqual([{ step: "thanks.start", state: "queued", n: 2 }]);
  });

  it("is paused exactly: the answer waits for the batch under way, and none begins after it", async () => {
    const own = await shop();
    const journey = await waiting(own, 5);
    await weekPasses(journey.id);
    let answered = false;
    let pausing: Promise<void> | undefined;
    await engine(async (tx) => {
      await tx.run(sql`SELECT 1 FROM journey WHERE workspace_id = ${own.workspace} AND id = ${journey.id} FOR SHARE`);
      pausing = meanwhile(() => pause(own, journey.id)).then(() => {
        answered = true;
      });
      await tx.run(sql`SELECT pg_sleep(0.3)`);
      expect(answered).toBe(false);
    });
    await pausing;
    expect(await conduct(journey.shard, START, { hot: 10, bulk: 10 })).toMatchObject({ is: "idle" });
  });

  for (const [what, operation, state] of [
    ["paused", pauseJourney, "paused"],
    ["stopped", stopJourney, "stopped"],
  ] as const)
    it(`can be ${what} while a resume is at work: behind its batch, which gets the journey all the same`, async () => {
      const own = await shop();
      const journey = await waiting(own, 1);
      await weekPasses(journey.id);
      await pause(own, journey.id);
      const { job } = value(await resume(own, journey.id, "late"));
      let operating: Promise<unknown> | undefined;
      await engine(async (tx) => {
        const held = await holdJob(tx, own.workspace, job as JobId);
        operating = meanwhile(() => call(operation, own.actor(), { journey: journey.id }));
        await until(
          () => meanwhile(() => peek(sql`SELECT FROM pg_locks WHERE NOT granted`)).then(({ length }) => length > 0),
          { what: "the operation behind the batch" },
        );
        const free = await tx.one<{ is: boolean }>(
          sql`SELECT pg_try_advisory_xact_lock_shared(hashtextextended(${journey.id}, 0)) AS is`,
        );
        expect([held?.id, free?.is]).toEqual([job, true]);
      });
      expect(await operating).toMatchObject({ ok: true, value: { state } });
      expect(await peek(sql`SELECT state FROM job WHERE id = ${job}`)).toEqual([{ state: "cancelled" }]);
    });

  it("goes on behind a turn that has a member's runs and comes to their journey, which neither waits for the other", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    await weekPasses(journey.id);
    await pause(own, journey.id);
    const { job } = value(await resume(own, journey.id, "exit"));
    await peek(sql`UPDATE job SET position = '{"at": "open"}' WHERE id = ${job}`);
    const [run] = await runsOf(journey.id);
    await engine(async (tx) => {
      // As a turn of the dispatcher: its members' runs, and then the journeys that they enter.
      await tx.run(sql`SELECT FROM run WHERE id = ${run?.id} FOR NO KEY UPDATE`);
      expect(await meanwhile(() => workOn(own.workspace, job as JobId))).toBe("moved");
      expect(await meanwhile(() => states(journey))).toEqual(["week.start exited left_on_resume", "week.start parked"]);
      holdJourney(tx, journey.id);
      await tx.flush();
    });
    await workAll(own.workspace);
    expect(await states(journey)).toEqual(Array(2).fill("week.start exited left_on_resume"));
    expect(await peek(sql`SELECT state FROM journey WHERE id = ${journey.id}`)).toEqual([{ state: "live" }]);
  });

  it("keeps its state when an edit is published", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    await pause(own, journey.id);
    expect(value(await call(publishJourney, own.actor(), { journey: journey.id }))).toMatchObject({ state: "paused" });
  });

  it("is nothing that a draft or a stopped journey can be, nor may everybody do it", async () => {
    const own = await shop();
    const journey = await waiting(own, 1);
    expect(await call(pauseJourney, own.actor("viewer"), { journey: journey.id })).toMatchObject({
      reason: "not_allowed",
    });
    expect(await resume(own, journey.id)).toMatchObject({ ok: false, reason: "conflict" });
    value(await call(stopJourney, own.actor(), { journey: journey.id }));
    expect(await call(pauseJourney, own.actor(), { journey: journey.id })).toMatchObject({ reason: "not_live" });
  });
});

describe("a stopped journey", () => {
  it("lets everybody leave in batches, drops what it had not sent, and its conductor is over", async () => {
    const own = await shop();
    const journey = await waiting(own, 1200);
    const { job } = value(await call(stopJourney, own.actor("ops"), { journey: journey.id }));
    expect(await call(archiveJourney, own.actor(), { journey: journey.id })).toMatchObject({ reason: "conflict" });
    expect(await call(publishJourney, own.actor(), { journey: journey.id })).toMatchObject({ reason: "conflict" });
    expect(await workOn(own.workspace, job as JobId)).toBe("moved");
    expect(await conduct(journey.shard, START, { hot: 10, bulk: 10 })).toMatchObject({ is: "idle" });
    await workAll(own.workspace);
    expect(
      await peek(sql`SELECT state, reason, count(*)::int AS n FROM run WHERE journey_id = ${journey.id} GROUP BY 1, 2`),
    ).toEqual([{ state: "exited", reason: "journey_stopped", n: 1200 }]);
    expect(await texts(own)).toEqual([{ step: "thanks.start", state: "skipped", n: 1200 }]);
    expect(await peek(sql`SELECT sum(live)::int AS live FROM entry WHERE journey_id = ${journey.id}`)).toEqual([
      { live: 0 },
    ]);
    expect(await peek(sql`SELECT state, total, done FROM job WHERE id = ${job}`)).toEqual([
      { state: "done", total: 1200, done: 1200 },
    ]);
    expect(await conduct(journey.shard, START, { hot: 10, bulk: 10 })).toEqual({ is: "over" });
    expect(value(await call(publishJourney, own.actor(), { journey: journey.id }))).toMatchObject({
      state: "live",
      version: 1,
    });
  });

  it("ends by the sweep when its last ring is lost, and a publish puts a conductor back", async () => {
    const own = await shop();
    const journey = await waiting(own, 3);
    const id = journeyConductor(journey.id, 0);
    const swept = async () => (await sweep()).filter((found) => found.conductor === id).length;
    const retired = () => retire(own.workspace, id, "worker/1", (tx) => isOver(tx, journey.shard));
    value(await call(stopJourney, own.actor("ops"), { journey: journey.id }));
    expect(await swept()).toBe(0);
    expect(await retired()).toBe(false);
    await workAll(own.workspace);
    expect(await swept()).toBe(1);

    expect(await take(own.workspace, id, "worker/2")).toBe(true);
    await retired();
    expect(await take(own.workspace, id, "worker/1")).toBe(true);
    expect(await retired()).toBe(true);
    expect(await take(own.workspace, id, "worker/1")).toBe(false);
    expect(await swept()).toBe(0);
    value(await call(publishJourney, own.actor(), { journey: journey.id }));
    expect(await take(own.workspace, id, "worker/1")).toBe(true);
  });
});
