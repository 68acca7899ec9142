import { describe, expect, it } from "vitest";
import type { JobId, JourneyId, MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { putJourney } from "@/services/journeys/drafting/put";
import { publishJourney } from "@/services/journeys/publishing/publish";
import { publishPreview } from "@/services/journeys/publishing/publish-preview";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "@/tests/harness/journey";
import { drawing, published, republish, value, workAll } from "@/tests/harness/lifecycle";
import { type Shop, shop } from "@/tests/harness/shop";
import { workOn } from "../jobs/work";

await database({ max: 20 });

/** Members who had the first text and wait the week, since some days. */
async function waiting(own: Shop, count: number, days = 4) {
  const journey = await published(own, drawing());
  const all = await members(own, count);
  await accept(
    own,
    all.map((member) => ({ member, event: event("order_paid", { amount: 100 }) })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  const back = `${days} days`;
  await peek(sql`
    UPDATE run SET parked_at = parked_at - ${back}::interval, due_at = due_at - ${back}::interval WHERE journey_id = ${journey.id}`);
  return { ...journey, members: all };
}
const states = async (journey: JourneyId) =>
  (await runsOf(journey)).map(({ state, step, reason }) => `${step} ${state}${reason ? ` ${reason}` : ""}`);
const texts = async (of: Shop): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await peek<{ step: string; n: number }>(
        sql`SELECT step, count(*)::int AS n FROM message WHERE workspace_id = ${of.workspace} GROUP BY step`,
      )
    ).map(({ step, n }) => [step, n]),
  );

describe("a published edit", () => {
  it("takes who waits along, with the time already waited; what is past then is due now", async () => {
    const own = await shop();
    const journey = await waiting(own, 3);
    await republish(own, journey.id, drawing({ wait: "P3D" }));
    await workAll(own.workspace);
    expect(await peek(sql`SELECT done, total, state FROM job WHERE journey_id = ${journey.id}`)).toEqual([
      { done: 3, total: 3, state: "done" },
    ]);
    await conductAll(journey.shard);
    expect(await states(journey.id)).toEqual(Array(3).fill("visit.start parked"));
    expect(await texts(own)).toEqual({ "thanks.start": 3, "again.start": 3 });
  });

  it("acts at once on whoever moves before its job comes by", async () => {
    const own = await shop();
    const journey = await waiting(own, 2, 8);
    await republish(own, journey.id, drawing({ wait: "P10D" }));
    await conductAll(journey.shard);
    expect(await states(journey.id)).toEqual(Array(2).fill("week.start parked"));
    expect(
      await peek(sql`SELECT count(*)::int AS n FROM run WHERE journey_id = ${journey.id} AND due_at > now()`),
    ).toEqual([{ n: 2 }]);
    await workAll(own.workspace);
    expect(await texts(own)).toEqual({ "thanks.start": 2 });
  });

  it("moves, keeps or lets go those at a node that is gone, as was chosen", async () => {
    for (const [fate, after] of [
      [{ is: "move", to: "again" }, "visit.start parked"],
      [{ is: "exit" }, "week.start exited left_on_publish"],
      [{ is: "stay" }, "week.start parked"],
      [undefined, "week.start parked"],
    ] as const) {
      const own = await shop();
      const journey = await waiting(own, 2);
      await republish(own, journey.id, drawing({ without: "week" }), fate && { week: fate });
      await workAll(own.workspace);
      await conductAll(journey.shard);
      expect(await states(journey.id)).toEqual([after, after]);
      expect(await peek(sql`SELECT sum(live)::int AS live FROM entry WHERE journey_id = ${journey.id}`)).toEqual([
        { live: after.includes("exited") ? 0 : 2 },
      ]);
    }
  });

  it("lets those who stay finish what they began, through every later publish", async () => {
    const own = await shop();
    const journey = await waiting(own, 1, 8);
    await republish(own, journey.id, drawing({ second: "新" }), { week: { is: "stay" } });
    await republish(own, journey.id, drawing({ second: "更新", without: "visit" }));
    await workAll(own.workspace);
    await conductAll(journey.shard);
    expect(await states(journey.id)).toEqual(["visit.start parked"]);
    const versions = await peek(sql`
      SELECT p.version FROM message m JOIN plan p ON p.id = m.plan_id WHERE m.workspace_id = ${own.workspace} AND m.step = 'again.start'`);
    expect(versions).toEqual([{ version: 1 }]);
  });

  it("leads through all publishes in between, also back to a drawing that was live before", async () => {
    const own = await shop();
    const journey = await waiting(own, 1, 8);
    await republish(own, journey.id, drawing({ wait: "P30D" }));
    await republish(own, journey.id, drawing());
    await conductAll(journey.shard);
    expect(await states(journey.id)).toEqual(["visit.start parked"]);
    const [late] = await members(own, 1);
    await accept(own, [{ member: late as MemberId, event: event("order_paid", { amount: 1 }) }]);
    await dispatchAll({ carries: false });
    await republish(own, journey.id, drawing({ without: "week" }), { thanks: { is: "exit" }, visit: { is: "stay" } });
    await conductAll(journey.shard);
    expect(await states(journey.id)).toEqual(["visit.start parked", "thanks.start exited left_on_publish"]);
  });

  it("keeps the history of a node that another replaces", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    await republish(own, journey.id, drawing({ replaced: true, wait: "P14D" }));
    await workAll(own.workspace);
    expect(await states(journey.id)).toEqual(Array(2).fill("week.start parked"));
    expect(
      await peek(
        sql`SELECT DISTINCT due_at - parked_at = interval '14 days' AS moved FROM run WHERE journey_id = ${journey.id}`,
      ),
    ).toEqual([{ moved: true }]);
  });

  it("sends nobody again what they had, moved back before it or not", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    await republish(own, journey.id, drawing({ without: "week" }), { week: { is: "move", to: "thanks" } });
    await workAll(own.workspace);
    await conductAll(journey.shard);
    expect(await texts(own)).toEqual({ "thanks.start": 2, "again.start": 2 });
    expect(await states(journey.id)).toEqual(Array(2).fill("visit.start parked"));
  });

  it("says beforehand where each would go, and refuses to send them nowhere", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    const document = drawing({ without: "week" });
    value(await call(putJourney, own.actor(), { journey: journey.id, revision: 1, document }));
    const preview = value(await call(publishPreview, own.actor(), { journey: journey.id }));
    expect(preview).toMatchObject({
      version: 1,
      revision: 2,
      becomes: 2,
      isAgain: false,
      isPublishable: true,
      nodes: [{ node: "week", kind: "delay", change: "removed", waiting: 2, ready: 0, suggested: { is: "stay" } }],
      diff: { nodes: { removed: [{ node: "week" }], added: [], changed: [] } },
    });
    expect(preview.targets.map(({ node }) => node)).toEqual(["thanks", "again", "visit", "came"]);
    const publish = (moves: object) => call(publishJourney, own.actor(), { journey: journey.id, moves });
    expect(await publish({ week: { is: "move", to: "paid" } })).toMatchObject({
      reason: "invalid",
      path: ["moves", "week", "to"],
    });
    expect(await publish({ nowhere: { is: "exit" } })).toMatchObject({ reason: "invalid", path: ["moves", "nowhere"] });
    expect(preview.holdout).toBeNull();
    const measured = { ...document, settings: { holdout: { percent: 5, days: 30 } } };
    value(await call(putJourney, own.actor(), { journey: journey.id, revision: 2, document: measured }));
    expect(value(await call(publishPreview, own.actor(), { journey: journey.id })).holdout).toEqual({ from: 0, to: 5 });
  });

  it("says beforehand which version becomes current: a drawing that was published before keeps its number", async () => {
    const own = await shop();
    const journey = await waiting(own, 0);
    const first = value(await call(publishPreview, own.actor(), { journey: journey.id }));
    expect(first).toMatchObject({ version: 1, becomes: 1, isAgain: true });
    await republish(own, journey.id, drawing({ without: "week" }), {});
    const { revision } = value(await call(publishPreview, own.actor(), { journey: journey.id }));
    value(await call(putJourney, own.actor(), { journey: journey.id, revision, document: drawing({}) }));
    const again = value(await call(publishPreview, own.actor(), { journey: journey.id }));
    expect(again).toMatchObject({ version: 2, becomes: 1, isAgain: true });
    expect(value(await call(publishJourney, own.actor(), { journey: journey.id })).version).toBe(again.becomes);
  });

  it("of two at once with different moves does what one asks and tells the other, and takes the same told twice for one", async () => {
    const own = await shop();
    const journey = await waiting(own, 2);
    const document = drawing({ without: "week" });
    value(await call(putJourney, own.actor(), { journey: journey.id, revision: 1, document }));
    const publish = (moves: object) => call(publishJourney, own.actor(), { journey: journey.id, moves });
    const [exits, moved] = [{ week: { is: "exit" } }, { week: { is: "move", to: "visit" } }];
    const both = await Promise.all([publish(exits), publish(moved)]);
    const won = both.findIndex((one) => one.ok);
    expect(both[1 - won]).toMatchObject({
      ok: false,
      reason: "conflict",
      path: ["moves"],
      detail: expect.stringContaining("as version 2"),
      chinese: expect.stringContaining("版本 2"),
    });
    expect(await publish([exits, moved][won] ?? {})).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await publish([exits, moved][1 - won] ?? {})).toMatchObject({ reason: "conflict" });
    expect(await publish({ nowhere: { is: "exit" } })).toMatchObject({ reason: "conflict" });
    expect(await publish({})).toMatchObject({ ok: true, value: { version: 2 } });
    await workAll(own.workspace);
    const left = (await states(journey.id)).filter((state) => state.includes("exited"));
    expect(left).toHaveLength(won === 0 ? 2 : 0);
  });

  it("reaches everybody once, killed between batches, while events come in and conductors work", async () => {
    const own = await shop();
    const journey = await waiting(own, 2300, 8);
    await republish(own, journey.id, drawing({ without: "week" }), { week: { is: "move", to: "again" } });
    const [job] = await peek<{ id: JobId }>(sql`SELECT id FROM job WHERE journey_id = ${journey.id}`);
    if (!job) throw new Error("no job");
    expect(await workOn(own.workspace, job.id)).toBe("moved");
    // The next batch is lost with its worker before it commits; whoever takes over begins behind the last that did.
    await Promise.all([
      workAll(own.workspace),
      workAll(own.workspace),
      conductAll(journey.shard),
      accept(
        own,
        journey.members.slice(0, 500).map((member) => ({ member, event: event("store_visit", {}) })),
      ).then(() => dispatchAll()),
    ]);
    await workAll(own.workspace);
    await conductAll(journey.shard);
    expect(await texts(own)).toEqual({ "thanks.start": 2300, "again.start": 2300 });
    expect(await peek(sql`SELECT DISTINCT mapped FROM run WHERE journey_id = ${journey.id}`)).toEqual([{ mapped: 1 }]);
    expect(
      await peek(sql`SELECT count(*)::int AS n FROM run WHERE journey_id = ${journey.id} AND state = 'failed'`),
    ).toEqual([{ n: 0 }]);
  });
});
