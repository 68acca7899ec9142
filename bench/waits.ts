import { setTimeout as pause } from "node:timers/promises";
import { engine, peek, sql } from "@/platform/db";
import { wakeLanes } from "@/services/events/wake-lanes";
import { event } from "@/tests/harness/journey";
import { until } from "@/tests/harness/until";
import { type Bench, faster, within } from "./bench";
import { bareWaits } from "./rig/bare-waits";
import { type Campaign, campaign } from "./rig/campaign";
import { conductingWorker } from "./rig/engine-burst";
import { type Accepted, accept, fill } from "./rig/inbox";
import { Installation } from "./rig/installation";
import { couponAt, inBulk, left, manyMembers, manyParked, memberAt, runAt } from "./rig/many";
import { median, quantile } from "./rig/quantile";
import { spent } from "./rig/spent";

/** Between events of a busy journey; its conductor lingers. */
const EVERY_MS = 100;
const WARM_UP = 20;

/** (f) Events against two million runs parked at one wait: one alone, and a set as fast as they are matched and moved. */
export const waits: Bench = {
  name: "waits",
  about: "events against 2,000,000 parked runs: one alone, and 100,000 at once, matched, moved and tagged",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const parked = isSmall ? 40_000 : 2_000_000;
      const of = await campaign();
      const began = performance.now();
      await inBulk(here, ["member", "entry", "run"], manyMembers(of.shop, parked), ...manyParked(of, parked));
      say(`${parked} runs parked in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      const first = await conductingWorker(here);
      const alone = await series(of, isSmall ? 10 : 200, parked);
      say(`one event: p50 ${median(alone).toFixed(1)} ms, p99 ${quantile(alone, 0.99).toFixed(1)} ms`);
      await first.stop();

      const count = isSmall ? 2_000 : 100_000;
      const lanes = await fill(of.shop, places(count, parked, 1).map(redeemed));
      const before = here.cpu();
      const worker = await conductingWorker(here);
      const rate = await batch(of, count, alone.length + WARM_UP, lanes);
      const used = here.cpu();
      say(`${count} at once: ${rate.toFixed(0)}/s; processor time each: ${spent(before, used, count)}`);
      await check(of, count + alone.length + WARM_UP);
      await worker.stop();
      const bare = await bareWaits(of, places(count >> 2, parked, 2));
      say(`the same rows by bare SQL: ${bare.toFixed(0)}/s`);
      return [
        within("2 M parked runs: one event, p50", "ms", median(alone), { most: 10 }),
        within("2 M parked runs: matched and moved", "runs/s", rate, { least: 20_000 }),
        faster("2 M parked runs: matched and moved, against bare SQL", "runs/s", rate, bare, 0.5),
      ];
    }),
};

/** The redemption that the n-th run waits for. */
const redeemed = (n: number): Accepted => ({
  member: memberAt(n),
  event: event("coupon_redeemed", { coupon_id: couponAt(n), amount: 12_000 }),
});

/** From each event's acceptance to the commit that moved its run, in milliseconds by the database's clock; runs from the end of the table. */
async function series({ shop }: Campaign, count: number, parked: number): Promise<number[]> {
  const accepted = new Map<string, number>();
  for (let i = 0; i < count + WARM_UP; i++) {
    await pause(EVERY_MS);
    const n = parked - i * 97;
    const row = redeemed(n);
    if (i >= WARM_UP) accepted.set(runAt(n), row.event.acceptedAt);
    await accept(shop, row);
  }
  const moved = await until(
    async () => {
      const found = await peek<{ run: string; at: number }>(sql`
        SELECT run_id AS run, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 AS at FROM journal
        WHERE workspace_id = ${shop.workspace} AND run_id = ANY(${[...accepted.keys()]}::uuid[]) AND step = 'wait.start'`);
      return found.length === accepted.size && found;
    },
    { deadline: 30_000, every: 100, what: "every run moved" },
  );
  return moved.map(({ run, at }) => at - (accepted.get(run) ?? Number.NaN));
}

/** Runs from all over the table, but for its end. */
function places(count: number, parked: number, first: number): number[] {
  const step = Math.floor((parked * 0.9) / count);
  return Array.from({ length: count }, (_, i) => first + i * step);
}

/** Runs a second, from the first run that the batch moved to the last, by their commits. */
async function batch(of: Campaign, count: number, before: number, lanes: readonly number[]): Promise<number> {
  const { workspace } = of.shop;
  await engine(async (tx) => wakeLanes(tx, lanes));
  const isMoved = async () => (await left(of, "tag.start", "next")) === before + count;
  await until(isMoved, { deadline: 300_000, every: 50, what: "every run moved" });
  const [row] = await peek<{ seconds: number }>(sql`
    SELECT extract(epoch FROM max(at) - min(at))::float8 AS seconds FROM (
      SELECT pg_xact_commit_timestamp(xmin) AS at FROM journal WHERE workspace_id = ${workspace} AND step = 'tag.start' ORDER BY at DESC LIMIT ${count}) j`);
  return count / (row?.seconds ?? Number.NaN);
}

/** Throws unless exactly so many runs have ended, each with one line for its wait and one tag. */
async function check({ shop: { workspace } }: Campaign, count: number): Promise<void> {
  const [found] = await peek<{ done: number; lines: number; tags: number }>(sql`
    SELECT (SELECT count(*)::int FROM run WHERE workspace_id = ${workspace} AND state = 'done') AS done,
      (SELECT count(*)::int FROM journal WHERE workspace_id = ${workspace} AND step = 'wait.start') AS lines,
      (SELECT count(*)::int FROM member_tag WHERE workspace_id = ${workspace}) AS tags`);
  for (const [what, n] of Object.entries(found ?? {}))
    if (n !== count) throw new Error(`${what}: ${n} instead of ${count}`);
}
