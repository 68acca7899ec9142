import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** Tests that one person, or one key, may send within 24 hours. */
export const MOST_TESTS = 50;

/**
 * Notes that a tester (as the audit signs them) sends a test now. The row is locked to the commit, so that of many at once each counts. Returns
 * null, or the instant from which the next may go where the tester has had theirs: the caller rolls back then.
 */
export async function noteTest(tx: Tx, workspace: WorkspaceId, tester: string, now: Date): Promise<Date | null> {
  const row = await tx.one<{ free: Date | null }>(sql`
    INSERT INTO test_send AS t (workspace_id, tester, sent) VALUES (${workspace}, ${tester}, ARRAY[${now}::timestamptz])
    ON CONFLICT (workspace_id, tester) DO UPDATE SET
      sent = ARRAY(SELECT s FROM unnest(t.sent) AS s WHERE s > ${now}::timestamptz - interval '24 hours' ORDER BY s) || EXCLUDED.sent
    RETURNING CASE WHEN cardinality(sent) > ${MOST_TESTS} THEN sent[cardinality(sent) - ${MOST_TESTS}] + interval '24 hours' END AS free`);
  return row?.free ?? null;
}

/** A test that certainly did not leave is none. Travels with the commit. */
export function forgetTest(tx: Tx, workspace: WorkspaceId, tester: string, at: Date): void {
  tx.push(sql`
    UPDATE test_send SET sent = sent[:array_position(sent, ${at}::timestamptz) - 1] || sent[array_position(sent, ${at}::timestamptz) + 1:]
    WHERE workspace_id = ${workspace} AND tester = ${tester} AND ${at}::timestamptz = ANY(sent)`);
}
