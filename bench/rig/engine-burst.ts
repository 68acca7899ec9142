import type { MemberId } from "@/core/ids";
import { engine, peek, sql } from "@/platform/db";
import { enter } from "@/services/engine/entering/enter";
import { ringFor } from "@/services/engine/ring-for";
import { lockMembers } from "@/services/members/lock";
import { event } from "@/tests/harness/journey";
import { until } from "@/tests/harness/until";
import { type Campaign, passed } from "./campaign";
import type { Installation, Role } from "./installation";

/** A page of members that enter in one transaction. */
const PAGE = 500;

/** The engine's worker (without senders), up and beating. */
export const conductingWorker = (here: Installation): Promise<Role> =>
  here.role("bench/rig/worker.ts", async () => {
    const [row] = await peek<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM worker_beat WHERE beat_at > clock_timestamp() - interval '2 seconds'`,
    );
    return row?.n === 1;
  });

/**
 * Members a second through the engine: pages of members enter (`enter(set)`, as every entry does) from this process, the worker process
 * conducts at the same time; from the first page to the last parked run.
 */
export async function engineBurst(of: Campaign, members: readonly MemberId[]): Promise<number> {
  const before = await passed(of);
  const began = performance.now();
  for (let i = 0; i < members.length; i += PAGE) await enterPage(of, members.slice(i, i + PAGE));
  await until(async () => (await passed(of)) === before + members.length, {
    deadline: 600_000,
    every: 10,
    what: "the last parked run",
  });
  return members.length / ((performance.now() - began) / 1000);
}

async function enterPage({ shop: { workspace }, journey }: Campaign, page: readonly MemberId[]): Promise<void> {
  await engine(async (tx) => {
    const locked = await lockMembers(tx, workspace, page);
    const at = { workspace, now: new Date(), zone: "Asia/Shanghai" };
    const entrants = page.map((member) => ({ member, key: "", event: entryEvent() }));
    const runs = await enter(tx, at, journey, entrants, { locked, isBulk: false });
    if (runs.length !== page.length) throw new Error("not everybody entered");
    ringFor(tx, workspace, runs);
  });
}

const entryEvent = () => {
  const { id, name, properties, occurredAt, acceptedAt, isHistorical } = event("order_paid", {
    amount: 12_000,
    order_id: "o-1",
  });
  return { id, name, properties, occurredAt, acceptedAt, isHistorical };
};
