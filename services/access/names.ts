import type { WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";

/** The names of people and keys behind the audit's signatures; whoever is gone is not in the answer. */
export async function namesOf(
  tx: Tx,
  workspace: WorkspaceId,
  signatures: (string | null)[],
): Promise<Map<string, string>> {
  const idsOf = (as: string) => [
    ...new Set(signatures.flatMap((one) => (one?.startsWith(`${as}:`) ? [one.slice(as.length + 1)] : []))),
  ];
  const [users, keys] = [idsOf("user"), idsOf("key")];
  if (users.length + keys.length === 0) return new Map();
  const rows = await tx.rows<{ signature: string; name: string }>(sql`
    SELECT 'user:' || id AS signature, name FROM "user" WHERE id = ANY(${users}::text[])
    UNION ALL SELECT 'key:' || id, name FROM api_key WHERE workspace_id = ${workspace} AND id::text = ANY(${keys}::text[])`);
  return new Map(rows.map(({ signature, name }) => [signature, name]));
}
