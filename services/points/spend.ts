import type { MemberId, RunId, StepId, WorkspaceId } from "@/core/ids";
import { expire, spend } from "@/core/loyalty/points-account";
import type { Refusal } from "@/core/refusals";
import { dayOf } from "@/core/time/day";
import type { Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { type Change, openAccounts, writeAccounts } from "./account";
import { tellExpired, tellPoints } from "./tell";

export type PointsSpending = { member: MemberId; points: number; reason: string; run?: RunId; step?: StepId };
export type PointsSpent = { ok: true; balance: number } | { ok: false; reason: Refusal; balance: number };

/** Spends points for a set, the lots that expire first going first; a lot past its last day is written off before. Never below zero. */
export async function spendPoints(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly PointsSpending[],
  now: Date,
  zone: string,
): Promise<PointsSpent[]> {
  if (set.length === 0) return [];
  const today = dayOf(now.getTime(), zone);
  const accounts = await openAccounts(
    tx,
    workspace,
    set.map((spending) => spending.member),
  );
  const changes = new Map<MemberId, Change>();
  const spent = set.map((spending): PointsSpent => {
    const account = accounts.get(spending.member);
    if (!account) throw new Error("an account was not opened");
    if (!Number.isInteger(spending.points) || spending.points <= 0)
      return { ok: false, reason: "invalid", balance: account.balance };
    const cause = { run: spending.run ?? null, step: spending.step ?? null, at: now, newId };
    const change = changes.get(spending.member) ?? {
      member: spending.member,
      account,
      entries: expire(account, today, { ...cause, run: null, step: null, reason: "expired" }),
    };
    changes.set(spending.member, change);
    const lines = spend(account, spending.points, { ...cause, reason: spending.reason });
    if (!lines) return { ok: false, reason: "not_enough_points", balance: account.balance };
    change.entries.push(...lines);
    return { ok: true, balance: account.balance };
  });
  await writeAccounts(tx, workspace, [...changes.values()], now);
  await tellExpired(tx, workspace, changes.values(), now);
  await tellPoints(
    tx,
    workspace,
    "points_spent",
    set.flatMap(({ member, points, reason }, i) => {
      const one = spent[i];
      return one?.ok ? [{ member, points, reason, balance: one.balance }] : [];
    }),
    now,
  );
  return spent;
}
