import type { MemberId, RunId } from "@/core/ids";
import { engine, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Campaign } from "./campaign";
import { memberAt, runAt } from "./many";

const SET = 500;
/** Sets under way at once: the engine, too, dispatches and conducts beside each other. */
const AT_ONCE = 2;

/**
 * Runs a second by bare SQL: the rows that the engine leaves behind when an event wins a wait and the run is tagged and ends (run, journal,
 * member_tag, member, fact, entry, traffic), each written once in its last form, in sets of 500. No inbox, no claim, no lock, no rule.
 */
export async function bareWaits(of: Campaign, places: readonly number[]): Promise<number> {
  const sets = Array.from({ length: Math.ceil(places.length / SET) }, (_, i) => places.slice(i * SET, (i + 1) * SET));
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let set = sets.pop(); set; set = sets.pop()) {
        const own = set;
        await engine((tx) => write(tx, of, own.map(memberAt), own.map(runAt)));
      }
    }),
  );
  return places.length / ((performance.now() - began) / 1000);
}

async function write(
  tx: Tx,
  { shop: { workspace }, journey: { id: journey } }: Campaign,
  members: readonly MemberId[],
  runs: readonly RunId[],
): Promise<void> {
  const now = new Date();
  const events = runs.map(() => newId());
  await tx.run(sql`
    UPDATE run SET state = 'done', port = NULL, ready_event = e.event, ready_by = 'event', due_at = NULL, parked_at = NULL, step = 'tag.start', ended_at = ${now}
    FROM unnest(${runs}::uuid[], ${events}::uuid[]) AS e(run, event) WHERE run.workspace_id = ${workspace} AND run.id = e.run`);
  await tx.run(sql`
    INSERT INTO journal (workspace_id, run_id, step, lap, port, at, why)
    SELECT ${workspace}, e.run, s.step, 0, s.port, ${now}, CASE WHEN s.step = 'wait.start' THEN jsonb_build_object('event', e.event) END
    FROM unnest(${runs}::uuid[], ${events}::uuid[]) AS e(run, event), (VALUES ('wait.start', 'happened'), ('tag.start', 'next')) AS s(step, port)`);
  await tx.run(sql`
    INSERT INTO member_tag (workspace_id, member_id, tag, source, at)
    SELECT ${workspace}, m, 'coupon user', ${`journey:${journey}`}, ${now} FROM unnest(${members}::uuid[]) AS m`);
  await tx.run(sql`
    UPDATE member SET last_seen_at = ${now}, updated_at = ${now} WHERE workspace_id = ${workspace} AND id = ANY(${members}::uuid[])`);
  await tx.run(sql`
    INSERT INTO fact (workspace_id, member_id, name, day, count, amount)
    SELECT ${workspace}, m, 'coupon_redeemed', ${now}::date, 1, 12000 FROM unnest(${members}::uuid[]) AS m`);
  await tx.run(sql`
    UPDATE entry SET live = 0 WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND member_id = ANY(${members}::uuid[]) AND key = ''`);
  await tx.run(sql`
    INSERT INTO traffic (workspace_id, journey_id, shard, hour, step, port, count)
    SELECT ${workspace}, ${journey}, 0, date_trunc('hour', ${now}::timestamptz), s.step, s.port, ${runs.length}
    FROM (VALUES ('tag.start', 'bare'), ('wait.start', 'bare')) AS s(step, port)
    ON CONFLICT (workspace_id, journey_id, shard, hour, step, port) DO UPDATE SET count = traffic.count + EXCLUDED.count`);
}
