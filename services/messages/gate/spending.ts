import type { WorkspaceId } from "@/core/ids";
import { dayOf } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";

/** A budget's subject: a journey for good, or the workspace for one of its calendar months. */
export const ofJourney = (journey: string): string => `journey ${journey}`;
export const ofMonth = (now: Date, zone: string): string => `month ${dayOf(now.getTime(), zone).slice(0, 7)}`;

/** What was spent on these subjects, in minor units; the rows are locked to the commit, so that no two claims spend the same money. */
export async function lockSpending(
  tx: Tx,
  workspace: WorkspaceId,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  const wanted = [...new Set(subjects)].sort();
  if (wanted.length === 0) return new Map();
  tx.push(sql`
    INSERT INTO spending (workspace_id, subject) SELECT ${workspace}, s FROM unnest(${wanted}::text[]) AS s ORDER BY s ON CONFLICT DO NOTHING`);
  const rows = await tx.rows<{ subject: string; spent: number }>(sql`
    SELECT subject, spent FROM spending WHERE workspace_id = ${workspace} AND subject = ANY(${wanted}::text[]) ORDER BY subject FOR UPDATE`);
  return new Map(rows.map(({ subject, spent }) => [subject, spent]));
}

/** Adds to what was spent (takes off, when negative): minor units by subject, subjects in one order. Travels with the commit. */
export function addSpending(tx: Tx, workspace: WorkspaceId, amounts: ReadonlyMap<string, number>): void {
  const set = [...amounts].filter(([, amount]) => amount !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (set.length === 0) return;
  tx.push(sql`
    INSERT INTO spending (workspace_id, subject, spent)
    SELECT ${workspace}, s.subject, s.amount FROM unnest(${set.map(([subject]) => subject)}::text[], ${set.map(([, amount]) => amount)}::bigint[]) AS s(subject, amount)
    ON CONFLICT (workspace_id, subject) DO UPDATE SET spent = spending.spent + EXCLUDED.spent`);
}

/** Gives back what messages were to cost that certainly did not leave. */
export function refund(
  tx: Tx,
  workspace: WorkspaceId,
  messages: readonly { journey: string | null; cost: number; at: Date }[],
  zone: string,
): void {
  addSpending(tx, workspace, new Map([...sums(messages, zone)].map(([subject, amount]) => [subject, -amount])));
}

/** Sums by subject of what some messages cost: each counts for its journey and for its month. */
export function sums(
  messages: readonly { journey: string | null; cost: number; at: Date }[],
  zone: string,
): Map<string, number> {
  const all = new Map<string, number>();
  const add = (subject: string, cost: number) => all.set(subject, (all.get(subject) ?? 0) + cost);
  for (const { journey, cost, at } of messages) {
    if (cost === 0) continue;
    if (journey !== null) add(ofJourney(journey), cost);
    add(ofMonth(at, zone), cost);
  }
  return all;
}
