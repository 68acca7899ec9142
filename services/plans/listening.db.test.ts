import { expect, it } from "vitest";
import { engine, peek, sql, type Tx } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, members } from "@/tests/harness/journey";
import { drawing, published, republish } from "@/tests/harness/lifecycle";
import { shop } from "@/tests/harness/shop";
import { listens } from "./listening";

await database();

/** A member who stays on the first drawing, which waits for a visit; the last one waits for none. */
async function staying() {
  const own = await shop();
  const journey = await published(own, drawing());
  await accept(
    own,
    (await members(own, 1)).map((member) => ({ member, event: event("order_paid") })),
  );
  await dispatchAll();
  await conductAll(journey.shard);
  await republish(own, journey.id, drawing({ without: "week" }), { week: { is: "stay" } });
  await republish(own, journey.id, drawing({ without: "visit" }));
  return { workspace: own.workspace, journey: journey.id };
}
const heard = (workspace: Awaited<ReturnType<typeof staying>>["workspace"]) =>
  engine(async (tx) => [...(await listens(tx, workspace, ["store_visit", "order_paid", "coupon_issued"]))].sort());

it("hears for an older plan as long as somebody is on it", async () => {
  const { workspace, journey } = await staying();
  expect(await heard(workspace)).toEqual(["order_paid", "store_visit"]);
  await peek(sql`UPDATE run SET state = 'done' WHERE journey_id = ${journey}`);
  expect(await heard(workspace)).toEqual(["order_paid"]);
});

it("hears for one that a held member would have walked", async () => {
  const { workspace, journey } = await staying();
  await peek(sql`UPDATE run SET state = 'held' WHERE journey_id = ${journey}`);
  expect(await heard(workspace)).toEqual(["order_paid", "store_visit"]);
});

it("finds that nobody is on it without reading all who wait", async () => {
  const { workspace, journey } = await staying();
  await peek(sql`
    INSERT INTO run (workspace_id, id, journey_id, shard, member_id, plan_id, entry_key, step, state, entered_at)
    SELECT r.workspace_id, gen_random_uuid(), r.journey_id, 0, r.member_id, j.plan_id, n::text, 'again.start', 'parked', now()
    FROM run r JOIN journey j ON j.workspace_id = r.workspace_id AND j.id = r.journey_id, generate_series(1, 5000) AS n WHERE r.journey_id = ${journey}`);
  await peek(sql`UPDATE run SET state = 'done' WHERE journey_id = ${journey} AND step = 'week.start'`);
  await peek(sql`ANALYZE run`);
  const read = await engine(async (tx) => {
    const before = await rowsRead(tx);
    await listens(tx, workspace, ["store_visit"]);
    return (await rowsRead(tx)) - before;
  });
  expect(read).toBeLessThan(10);
});

const rowsRead = async (tx: Tx): Promise<number> => {
  const row = await tx.one<{ rows: number }>(sql`
    SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'run'`);
  return row?.rows ?? 0;
};
