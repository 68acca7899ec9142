import type { WorkspaceId } from "@/core/ids";
import { unstorable } from "@/core/storable";
import { sql, type Tx } from "@/platform/db";

const LONGEST_KEPT = 16_000;

/** What of a receiver's answer a run may remember: its JSON, if it is short and can be stored, with the status. */
export function answerFrom(status: number, type: string, text: string | null): Record<string, unknown> {
  if (text === null || text.length > LONGEST_KEPT || !/\bjson\b/i.test(type)) return { status };
  try {
    const value: unknown = JSON.parse(text);
    if (unstorable(value, LONGEST_KEPT)) return { status };
    if (Array.isArray(value)) return { items: value, status };
    return typeof value === "object" && value !== null ? { ...value, status } : { value, status };
  } catch {
    return { status };
  }
}

export async function answersOf(
  tx: Tx,
  workspace: WorkspaceId,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const rows = await tx.rows<{ id: string; response: Record<string, unknown> | null }>(sql`
    SELECT id, response FROM webhook_call WHERE workspace_id = ${workspace} AND id = ANY(${ids}::uuid[])`);
  return new Map(rows.map(({ id, response }) => [id, response ?? {}]));
}
