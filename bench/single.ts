import { setTimeout as pause } from "node:timers/promises";
import type { MemberId } from "@/core/ids";
import { peek, sql } from "@/platform/db";
import { event } from "@/tests/harness/journey";
import { until } from "@/tests/harness/until";
import { type Bench, sooner } from "./bench";
import { PerMember } from "./per-member/baseline";
import { type Campaign, campaign, goldMembers } from "./rig/campaign";
import { accept } from "./rig/inbox";
import { Installation } from "./rig/installation";
import { productWorker } from "./rig/product";
import { median, quantile } from "./rig/quantile";

/** Between events of a busy journey; its conductor lingers. */
const HOT_EVERY_MS = 100;
/** Members before those that count: a worker runs for weeks, its code is compiled and its statements are planned. */
const WARM_UP = 400;
/** A conductor whose rings are over 2 s apart does not linger. */
const COLD_EVERY_MS = 2500;

/** (c) One event with nothing else going on: from its acceptance to the commit of its coupon and message, hot and cold. */
export const single: Bench = {
  name: "single",
  about: "one event alone, from accepted to its effects' commit, against one workflow per member",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const perMember = await PerMember.start(here);
      // Both sides are warm alike.
      await perMember.alone(isSmall ? 3 : WARM_UP);
      const baseline = await perMember.alone(isSmall ? 3 : 30);
      await perMember.stop();
      say(`one workflow per member: ${baseline.toFixed(0)} ms`);
      const of = await campaign();
      await productWorker(here);
      const busy = () => pause(HOT_EVERY_MS);
      await series(of, isSmall ? 20 : WARM_UP, busy);
      const hot = await series(of, isSmall ? 10 : 200, busy);
      const cold = await series(of, isSmall ? 2 : 20, () => pause(COLD_EVERY_MS).then(() => asleep(of)));
      for (const [what, times] of Object.entries({ hot, cold }))
        say(`${what}: p50 ${median(times).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`);
      return [
        sooner("one event, hot", "ms", median(hot), baseline, 20),
        sooner("one event, cold", "ms", median(cold), baseline, 3),
      ];
    }),
};

/** Milliseconds of each event. */
async function series(of: Campaign, count: number, between: () => Promise<unknown>): Promise<number[]> {
  const members = await goldMembers(of.shop, count);
  for (const member of members) {
    await between();
    await accept(of.shop, { member, event: event("order_paid", { amount: 12_000, order_id: "o-1" }) });
  }
  return until(() => latencies(of, members), { deadline: 30_000, every: 100, what: "every member's coupon" });
}

/** From `accepted_at` of the entry event to the commit of the coupon's transaction, by the database's clock; undefined until all are there. */
async function latencies(
  { shop: { workspace } }: Campaign,
  members: readonly MemberId[],
): Promise<number[] | undefined> {
  const rows = await peek<{ member: MemberId; ms: number }>(sql`
    SELECT c.member_id AS member,
      (extract(epoch FROM pg_xact_commit_timestamp(c.xmin)) * 1000 - (r.entry_event ->> 'acceptedAt')::float8)::float8 AS ms
    FROM coupon c JOIN run r ON r.workspace_id = c.workspace_id AND r.id = c.run_id
    WHERE c.workspace_id = ${workspace} AND c.member_id = ANY(${members}::uuid[]) ORDER BY c.id`);
  return rows.length === members.length ? rows.map(({ ms }) => ms) : undefined;
}

const asleep = ({ shop: { workspace } }: Campaign): Promise<unknown> =>
  until(
    async () => (await peek(sql`SELECT 1 FROM conductor WHERE workspace_id = ${workspace} AND is_awake`)).length === 0,
    { deadline: 30_000, what: "every conductor asleep" },
  );
