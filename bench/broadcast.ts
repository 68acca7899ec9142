import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { MemberId, RunId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { openBroadcast, reachOf } from "@/services/broadcasts/open";
import { enter } from "@/services/engine/entering/enter";
import { ringFor } from "@/services/engine/ring-for";
import { lockMembers } from "@/services/members/lock";
import type { LiveJourney } from "@/services/plans/plans";
import { event, liveJourney, members } from "@/tests/harness/journey";
import { type Shop, shop } from "@/tests/harness/shop";
import { until } from "@/tests/harness/until";
import { type Bench, type Options, sooner, within } from "./bench";
import { MAIL } from "./rig/campaign";
import { conductingWorker } from "./rig/engine-burst";
import { accept } from "./rig/inbox";
import { Installation, type Role } from "./rig/installation";
import { inBulk, manyMembers } from "./rig/many";
import { median, quantile } from "./rig/quantile";

const EVERY_MS = 100;
const PAGE = 500;

/** (g) Broadcasts of growing size, while events of the same journey go on: time a member, the worker's memory, and how long an event's message takes. */
export const broadcast: Bench = {
  name: "broadcast",
  about: "broadcasts to 10,000, 100,000 and 1,000,000 members while events of the same journey become messages",
  run: (options) =>
    Installation.use(options, async (here) => {
      const sizes = options.isSmall ? [500, 1_000, 2_000] : [10_000, 100_000, 1_000_000];
      const worker = await conductingWorker(here);
      await one(here, worker, options, sizes[0] ?? 500);
      const done: Result[] = [];
      for (const size of sizes) done.push(await one(here, worker, options, size));
      await worker.stop();
      const [small, middle, large] = done;
      if (!small || !middle || !large) throw new Error("a broadcast is missing");
      return [
        within("broadcast: time a member, 100,000 against 10,000", "×", middle.perMember / small.perMember, {
          most: 1.15,
        }),
        within("broadcast: time a member, 1,000,000 against 10,000", "×", large.perMember / small.perMember, {
          most: 1.15,
        }),
        within("broadcast of 1,000,000", "members/s", 1 / large.perMember, { least: 1000 }),
        within("broadcast of 1,000,000: worker's memory, last quarter against first", "×", large.growth, {
          most: 1.15,
        }),
        within("broadcast of 1,000,000: worker's memory at most", "MB", large.most, { most: 1024 }),
        sooner(
          "event → message during a broadcast of 1,000,000, p50",
          "ms",
          large.during,
          Math.min(...done.map(({ calm }) => calm)),
          0.5,
        ),
      ];
    }),
};

/** perMember in seconds, memory in MB, latencies (p50) in milliseconds. */
type Result = { perMember: number; growth: number; most: number; calm: number; during: number };
type Campaign = { own: Shop; journey: LiveJourney };

/** One broadcast in a workspace of its own. */
async function one(here: Installation, worker: Role, { isSmall, say }: Options, size: number): Promise<Result> {
  const own = await shop();
  const { id, plan } = await liveJourney(own, draft);
  const of: Campaign = { own, journey: { id, plan, state: "live", shards: 1, mappings: 0, holdout: null } };
  await inBulk(here, ["member"], manyMembers(own, size));
  // As many as events can come for while the broadcast runs; they wait in the same journey when it begins.
  const early = await parkedEarly(of, isSmall ? 100 : Math.max(1_000, size / 100));
  const total = early.length;
  const calm = await paced(of, early.splice(0, isSmall ? 20 : 200), () => true);

  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(residentMb(worker)), 250);
  const began = performance.now();
  await begin(of);
  let isOver = false;
  const ending = until(() => isDone(of, size + total), {
    deadline: 900_000,
    every: 50,
    what: "the last parked run",
  }).then(() => {
    isOver = true;
    return (performance.now() - began) / 1000;
  });
  const during = await paced(of, early, () => !isOver);
  const seconds = await ending;
  clearInterval(sampling);
  await check(of, size + total);
  const quarter = Math.max(1, memory.length >> 2);
  const result = {
    perMember: seconds / size,
    growth: median(memory.slice(-quarter)) / median(memory.slice(0, quarter)),
    most: Math.max(...memory),
    calm: median(calm),
    during: median(during),
  };
  say(
    `${size} members in ${seconds.toFixed(1)} s (${(size / seconds).toFixed(0)}/s); worker ${median(memory).toFixed(0)} MB, at most ${result.most.toFixed(0)}; event → message p50 ${result.during.toFixed(1)} ms, p99 ${quantile(during, 0.99).toFixed(1)} ms of ${during.length}, without p50 ${result.calm.toFixed(1)} ms`,
  );
  return result;
}

/** To everyone: a mail, then whoever orders within a week gets another. */
const mail = (id: string) => ({
  id,
  kind: "send",
  config: { channel: "email", purpose: "marketing", expiresAfter: "P2D", content: { email: { "zh-CN": MAIL } } },
});
const draft = {
  name: "To everyone",
  entry: "all",
  nodes: [
    { id: "all", kind: "on-broadcast", config: { at: "", segment: "", when: { all: [] }, perMinute: 0 } },
    mail("news"),
    { id: "wait", kind: "wait-for", config: { event: "order_paid", when: { all: [] }, within: "P7D" } },
    mail("thanks"),
  ],
  edges: [
    { from: "all", port: "next", to: "news" },
    { from: "news", port: "next", to: "wait" },
    { from: "wait", port: "happened", to: "thanks" },
  ],
  settings: { reentry: { is: "once" } },
};

async function begin({ own: { workspace }, journey: { id, plan } }: Campaign): Promise<void> {
  const { entry } = plan;
  if (entry.on !== "broadcast") throw new Error("the journey is no broadcast");
  const now = new Date();
  await engine((tx) => openBroadcast(tx, workspace, id, { startsAt: now, reach: reachOf(entry), by: "bench", now }));
}

/** Members who entered before, and are parked at the wait. */
async function parkedEarly({ own, journey }: Campaign, count: number): Promise<MemberId[]> {
  const ids = await members(own, count, { tier: "gold" });
  for (let i = 0; i < count; i += PAGE)
    await engine(async (tx) => {
      const page = ids.slice(i, i + PAGE);
      const locked = await lockMembers(tx, own.workspace, page);
      const { type: _, messageId: __, isTrusted: ___, ...begun } = event("broadcast_reached");
      const entrants = page.map((member) => ({ member, key: "", event: begun }));
      const at = { workspace: own.workspace, now: new Date(), zone: "Asia/Shanghai" };
      ringFor(tx, own.workspace, await enter(tx, at, journey, entrants, { locked, isBulk: false }));
    });
  await until(async () => (await counts({ own, journey })).parked === count, {
    deadline: 60_000,
    every: 50,
    what: "the early members parked",
  });
  return ids;
}

/** One order each, ten a second, as long as `goesOn`; from each one's acceptance to the commit of its message, in milliseconds. */
async function paced({ own }: Campaign, all: readonly MemberId[], goesOn: () => boolean): Promise<number[]> {
  const accepted = new Map<MemberId, number>();
  const began = performance.now();
  for (const [i, member] of all.entries()) {
    await pause(Math.max(0, began + i * EVERY_MS - performance.now()));
    if (!goesOn()) break;
    const row = { member, event: event("order_paid", { amount: 12_000, order_id: newId<RunId>() }) };
    accepted.set(member, row.event.acceptedAt);
    await accept(own, row);
  }
  const written = await until(
    async () => {
      const found = await peek<{ member: MemberId; at: number }>(sql`
        SELECT member_id AS member, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 AS at FROM message
        WHERE workspace_id = ${own.workspace} AND member_id = ANY(${[...accepted.keys()]}::uuid[]) AND step = 'thanks.start'`);
      return found.length === accepted.size && found;
    },
    { deadline: 60_000, every: 200, what: "every event's message" },
  );
  return written.map(({ member, at }) => at - (accepted.get(member) ?? Number.NaN));
}

/** By run_step: how many stand at the wait, and how many are on their way to it. */
async function counts({ own, journey }: Campaign): Promise<{ parked: number; ready: number }> {
  const [row] = await peek<{ parked: number; ready: number }>(sql`
    SELECT count(*) FILTER (WHERE state = 'parked')::int AS parked, count(*) FILTER (WHERE state = 'ready')::int AS ready
    FROM run WHERE workspace_id = ${own.workspace} AND journey_id = ${journey.id} AND state IN ('ready', 'parked')`);
  return row ?? { parked: 0, ready: 0 };
}

/** The traffic says how many have passed the mail, without a walk over the runs. */
async function isDone({ own, journey }: Campaign, total: number): Promise<boolean> {
  const [row] = await peek<{ n: number }>(sql`
    SELECT COALESCE(sum(count), 0)::int AS n FROM traffic
    WHERE workspace_id = ${own.workspace} AND journey_id = ${journey.id} AND step = 'news.start'`);
  const [ended] = await peek<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM broadcast WHERE workspace_id = ${own.workspace} AND journey_id = ${journey.id} AND state = 'done'`);
  return ended?.n === 1 && row?.n === total;
}

/** Throws unless every member has one run and one mail of the broadcast. */
async function check({ own: { workspace } }: Campaign, total: number): Promise<void> {
  const [found] = await peek<{ runs: number; mails: number; members: number }>(sql`
    SELECT (SELECT count(*)::int FROM run WHERE workspace_id = ${workspace}) AS runs,
      (SELECT count(*)::int FROM message WHERE workspace_id = ${workspace} AND step = 'news.start') AS mails,
      (SELECT count(*)::int FROM member WHERE workspace_id = ${workspace}) AS members`);
  if (!found || found.runs !== total || found.mails !== total || found.members !== total)
    throw new Error(`not one run and one mail each: ${JSON.stringify(found)}`);
}

/** Resident memory of a process, from Linux' own account; 0 when it is gone. */
function residentMb({ pid }: Role): number {
  try {
    const line = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/);
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
