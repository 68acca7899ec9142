import pg from "pg";
import { expect, it } from "vitest";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { call } from "@/services/access/use-case";
import { addSpending, ofJourney } from "@/services/messages/gate/spending";
import { listRuns } from "@/services/runs/list";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { shop } from "@/tests/harness/shop";
import { readHome } from "./home";

const { url } = await database();

it("tells what each journey brought: who entered, goals, coupons used and what was paid with them", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(
    own,
    line([
      [{ id: "give", kind: "reward", config: { grants: [{ is: "coupon", offer: own.offer }] } }, "granted"],
      [{ id: "end", kind: "goal", config: {} }, ""],
    ]),
  );
  const [ada, ben] = await members(own, 2);
  if (!ada || !ben) throw new Error("no members");
  await accept(
    own,
    [ada, ben].map((member) => ({ member, event: event("order_paid", { amount: 100 }) })),
  );
  await dispatchAll();
  await conductAll(shard);
  await engine((tx) =>
    tx.run(sql`
      INSERT INTO redemption (workspace_id, id, coupon_id, member_id, amount, discount, state, at, actor)
      SELECT workspace_id, ${newId()}, id, member_id, 12000, 2000, 'confirmed', now(), 'test' FROM coupon
      WHERE workspace_id = ${own.workspace} AND member_id = ${ada}`),
  );
  const home = await call(readHome, own.actor("marketer"), {});
  if (!home.ok) throw new Error(home.reason);
  expect(home.value.running).toMatchObject([{ id, entered: 2, goals: 2, redeemed: 1, revenue: 10_000, failed: 0 }]);
  expect(home.value.days).toHaveLength(7);
  expect(home.value.days.at(-1)).toMatchObject({ goals: 2, redeemed: 1, revenue: 10_000, issued: 2 });
  const listed = await call(listRuns, own.actor("ops"), { journey: id, state: "goal", within: "week" });
  expect(listed.ok && listed.value.items).toHaveLength(2);
});

it("tells of journeys whose budget for messages is nearly or fully used, the most used first", async () => {
  const own = await shop();
  const spent = async (name: string, budget: number | undefined, amount: number) => {
    const draft = line([[{ id: "end", kind: "goal", config: {} }, ""]]);
    const { id } = await liveJourney(own, {
      ...draft,
      name,
      settings: { reentry: { is: "after_end" }, priority: 0, ...(budget && { budget }) },
    });
    await engine(async (tx) => addSpending(tx, own.workspace, new Map([[ofJourney(id), amount]])));
    return id;
  };
  await spent("plenty", 10_000, 7_999);
  await spent("without", undefined, 90_000);
  const nearly = await spent("nearly", 10_000, 8_000);
  const used = await spent("used", 5_000, 5_000);
  const home = await call(readHome, own.actor("marketer"), {});
  expect(home.ok && home.value.attention.budgets).toEqual([
    { journey: used, name: "used", budget: 5_000, spent: 5_000 },
    { journey: nearly, name: "nearly", budget: 10_000, spent: 8_000 },
  ]);
});

it("counts the week once for all who look, and tells what waits for somebody as it stands", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  const look = async () => {
    const home = await call(readHome, own.actor("marketer"), {});
    if (!home.ok) throw new Error(home.reason);
    return home.value;
  };
  const together = await Promise.all(Array.from({ length: 8 }, look));
  expect(new Set(together.map(({ members: count }) => count))).toEqual(new Set([1]));
  await engine(async (tx) => {
    await tx.run(sql`INSERT INTO member (workspace_id, id, name) VALUES (${own.workspace}, ${newId()}, 'Late')`);
    await tx.run(sql`
      INSERT INTO dead_letter (workspace_id, id, kind, reason, payload, at) VALUES (${own.workspace}, ${newId()}, 'event', 'broken rule', '{}', now())`);
  });
  const later = await look();
  expect(later).toMatchObject({ members: 1, attention: { deadLetters: 1 } });
  // Another workspace's first look counts for itself.
  expect((await peek(sql`SELECT count(*)::int AS n FROM member WHERE workspace_id = ${own.workspace}`))[0]).toEqual({
    n: 2,
  });
});

it("lets those who wait for the first count hold no connection", async () => {
  const own = await shop();
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  try {
    await other.query("BEGIN; LOCK TABLE redemption IN ACCESS EXCLUSIVE MODE");
    const looks = Array.from({ length: 20 }, () => call(readHome, own.actor("marketer"), {}));
    const held = async () => {
      // Within a transaction a second look would see what the first one saw.
      await other.query("SELECT pg_stat_clear_snapshot()");
      const { rows } = await other.query(`
        SELECT count(*)::int AS n FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'`);
      return rows[0].n;
    };
    // Whoever looks at who asks is idle between two statements too, for an instant; a waiter would be until the lock goes.
    await expect.poll(held, { timeout: 4_000 }).toBe(0);
    expect((await call(listRuns, own.actor("ops"), {})).ok).toBe(true);
    await other.query("COMMIT");
    for (const home of await Promise.all(looks)) expect(home).toMatchObject({ ok: true, value: { members: 0 } });
  } finally {
    await other.end();
  }
});

it("says of the same coupons how many were used and what was paid with them, whoever gave them", async () => {
  const own = await shop();
  const [member] = await members(own, 1);
  const coupon = newId();
  await engine(async (tx) => {
    await tx.run(sql`
      INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, issued_at, source)
      VALUES (${own.workspace}, ${coupon}, ${own.offer}, ${member}, 'BYHAND01', now(), 'test')`);
    await tx.run(sql`
      INSERT INTO redemption (workspace_id, id, coupon_id, member_id, amount, discount, state, at, actor)
      VALUES (${own.workspace}, ${newId()}, ${coupon}, ${member}, 9000, 1000, 'confirmed', now(), 'test')`);
  });
  const home = await call(readHome, own.actor("marketer"), {});
  expect(home.ok && home.value.days.at(-1)).toMatchObject({ redeemed: 1, revenue: 8_000 });
});

it("counts the runs that failed as the list that it leads to: but those of archived journeys, to which nothing can be done any more", async () => {
  const own = await shop();
  const { id, shard } = await liveJourney(own, line([[{ id: "end", kind: "goal", config: {} }, ""]]));
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 100 }) }]);
  await dispatchAll();
  await conductAll(shard);
  const look = async () => {
    const [home, runs, led] = [
      await call(readHome, own.actor("marketer"), {}),
      await call(listRuns, own.actor("ops"), { journey: id }),
      await call(listRuns, own.actor("ops"), { state: "failed", archived: "no", within: "week" }),
    ];
    return [
      home.ok && home.value.attention.failedRuns,
      led.ok && led.value.items.length,
      runs.ok && runs.value.items.map(({ isClosed }) => isClosed),
    ];
  };
  await engine((tx) => tx.run(sql`UPDATE run SET state = 'failed', ended_at = now() WHERE journey_id = ${id}`));
  expect(await look()).toEqual([1, 1, [false]]);
  await engine((tx) => tx.run(sql`UPDATE journey SET state = 'archived' WHERE id = ${id}`));
  expect(await look()).toEqual([0, 0, [true]]);
});
