import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

export type Subject = "coupon" | "points";
/** What ends after `from` (or at it, with a greater id) and up to `to` is to be told of. */
export type Span = { daysLeft: number; from: Date; after: string | null; to: Date };

/**
 * Locks how far a workspace was told of one subject and returns what is new, for each of these numbers of days before the end. Whoever is new
 * begins now: nothing that was near its end before is told late. Another worker's turn is waited for.
 */
export async function openNotices(
  tx: Tx,
  workspace: WorkspaceId,
  subject: Subject,
  ends: readonly { daysLeft: number; to: Date }[],
): Promise<Span[]> {
  const days = ends.map(({ daysLeft }) => daysLeft);
  const [, rows] = await Promise.all([
    tx.run(sql`
      INSERT INTO expiry_notice (workspace_id, subject, days_left, told_to)
      SELECT ${workspace}, ${subject}, n.days_left, n.told_to FROM unnest(${days}::int[], ${ends.map(({ to }) => to)}::timestamptz[]) AS n(days_left, told_to)
      ON CONFLICT DO NOTHING`),
    tx.rows<{ daysLeft: number; from: Date; after: string | null }>(sql`
      SELECT days_left AS "daysLeft", told_to AS "from", last_id AS after FROM expiry_notice
      WHERE workspace_id = ${workspace} AND subject = ${subject} AND days_left = ANY(${days}::int[]) ORDER BY days_left DESC FOR UPDATE`),
  ]);
  return rows.flatMap((row) => {
    const to = ends.find(({ daysLeft }) => daysLeft === row.daysLeft)?.to;
    // A clock that was set back finds everything told.
    return to && to >= row.from ? [{ ...row, to }] : [];
  });
}

/** How far it is told now: all that ends by `to`, or of what ends then up to `after`. */
export const closeNotice = (
  tx: Tx,
  workspace: WorkspaceId,
  subject: Subject,
  { daysLeft, to, after }: { daysLeft: number; to: Date; after: string | null },
): void =>
  tx.push(sql`
    UPDATE expiry_notice SET told_to = ${to}, last_id = ${after} WHERE workspace_id = ${workspace} AND subject = ${subject} AND days_left = ${daysLeft}`);

/** What ends so soon that a later notice, of fewer days, speaks of it. */
export const nextFewer = (all: readonly number[], daysLeft: number): number =>
  Math.max(0, ...all.filter((days) => days < daysLeft));
