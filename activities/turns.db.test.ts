import { expect, it } from "vitest";
import { journeyConductor, type MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { enter } from "@/services/engine/entering/enter";
import { lockMembers } from "@/services/members/lock";
import type { LiveJourney } from "@/services/plans/plans";
import { database } from "@/tests/harness/database";
import { event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line, tagged } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { ringHere } from "./bell";
import { Turns } from "./turns";

await database({ max: 20 });

const entering = (own: Shop, journey: LiveJourney, all: readonly MemberId[], isBulk: boolean) =>
  engine(async (tx) => {
    const locked = await lockMembers(tx, own.workspace, all);
    const entrants = all.map((member) => ({ member, key: "", event: event("order_paid") }));
    const at = { workspace: own.workspace, now: new Date(), zone: "Asia/Shanghai" };
    await enter(tx, at, journey, entrants, { locked, isBulk });
  });

it("moves what an event readies while a batch of bulk work is still under way", async () => {
  const own = await shop();
  const { id, plan, shard } = await liveJourney(own, line([tagged("tag", "moved")]));
  const journey: LiveJourney = { id, plan, state: "live", shards: 1, mappings: 0, holdout: null };
  const [hot, ...bulk] = await members(own, 301);
  if (!hot) throw new Error("no member");
  await entering(own, journey, bulk, true);
  const turns = new Turns(shard);
  // The first turn finds out that the work is bulk.
  expect(await turns.next()).toBe("moved");
  const stateOf = async (member: MemberId) => (await runsOf(id)).find((run) => run.member === member)?.state;
  const moved = async () => (await runsOf(id)).filter(({ state }) => state === "done").length;
  const before = await moved();

  let release = (): void => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  // Of the second batch: the first took 125.
  const locked = bulk[150];
  let isHeld = false;
  const holding = engine(async (tx) => {
    await lockMembers(tx, own.workspace, locked ? [locked] : []);
    isHeld = true;
    await released;
  });
  await until(() => isHeld);
  const turn = turns.next();
  await until(
    async () =>
      (
        await peek(
          sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1`,
        )
      ).length,
    { what: "the bulk batch waits for the held member" },
  );
  await entering(own, journey, [hot], false);
  ringHere(journeyConductor(id, 0), Date.now());
  await until(async () => (await stateOf(hot)) === "done", { deadline: 4_000, what: "the event's run moved" });
  expect(await moved()).toBe(before + 1);

  release();
  await holding;
  expect(await turn).toBe("moved");
  while ((await turns.next()) !== "idle");
  expect(await moved()).toBe(301);
});
