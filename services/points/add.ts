import type { MemberId, RunId, StepId, WorkspaceId } from "@/core/ids";
import { type Entry, earn, expire, MOST_BALANCE } from "@/core/loyalty/points-account";
import { lastUsableDay } from "@/core/loyalty/points-policy";
import type { Refusal } from "@/core/refusals";
import { dayOf } from "@/core/time/day";
import type { Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { openAccounts, writeAccounts } from "./account";
import { pointsPolicy } from "./policy";
import { tellExpired, tellPoints } from "./tell";

export type PointsGrant = {
  member: MemberId;
  points: number;
  reason: string;
  run?: RunId;
  step?: StepId;
  depth?: number;
};
export type PointsAdded = { ok: true; balance: number } | { ok: false; reason: Refusal };

/** Far from int's end: 500 grants of a thousand million could not be summed. */
export const MOST_POINTS = 10_000_000;

/**
 * Earns points for a set of members in the caller's transaction: a lot each, with its last day fixed by the policy of now, and a ledger
 * line chained to the member's last. Several grants of one member are booked in order. Refuses only what is no positive whole number, or
 * what would pass the ledger's largest balance.
 */
export async function addPoints(
  tx: Tx,
  workspace: WorkspaceId,
  grants: readonly PointsGrant[],
  now: Date,
  zone: string,
): Promise<PointsAdded[]> {
  if (grants.length === 0) return [];
  const { policy } = await pointsPolicy(tx, workspace);
  const lastDay = lastUsableDay(policy, now, zone);
  const today = dayOf(now.getTime(), zone);
  const accounts = await openAccounts(
    tx,
    workspace,
    grants.map((grant) => grant.member),
    today,
  );
  const changes = new Map<MemberId, Entry[]>();
  const added = grants.map((grant): PointsAdded => {
    const account = accounts.get(grant.member);
    if (!account) throw new Error("an account was not opened");
    if (!Number.isInteger(grant.points) || grant.points <= 0 || grant.points > MOST_POINTS)
      return { ok: false, reason: "invalid" };
    if (account.balance + grant.points > MOST_BALANCE) return { ok: false, reason: "over_cap" };
    const cause = { run: grant.run ?? null, step: grant.step ?? null, at: now, newId };
    const entries =
      changes.get(grant.member) ?? expire(account, today, { ...cause, run: null, step: null, reason: "expired" });
    entries.push(earn(account, grant.points, lastDay, { ...cause, reason: grant.reason }));
    changes.set(grant.member, entries);
    return { ok: true, balance: account.balance };
  });
  const booked = [...changes].flatMap(([member, entries]) => {
    const account = accounts.get(member);
    return account ? [{ member, account, entries }] : [];
  });
  await writeAccounts(tx, workspace, booked, now);
  await tellExpired(tx, workspace, booked, now);
  await tellPoints(
    tx,
    workspace,
    "points_earned",
    grants.flatMap(({ member, points, reason, depth }, i) => {
      const one = added[i];
      return one?.ok ? [{ member, points, reason, balance: one.balance, depth }] : [];
    }),
    now,
  );
  return added;
}
