import type { WorkspaceId } from "@/core/ids";
import { isUuid } from "@/core/uuid";
import { query, sql } from "@/platform/db";
import { CALLED } from "../members/called";
import { membersFound } from "../members/member-search";

export type Reader = { member: string; memberName: string | null };

/** Whom these messages went to, by their ids; only of those that are this workspace's: the sandbox holds everybody's messages and knows no workspaces. */
export async function readersOf(workspace: WorkspaceId, keys: readonly string[]): Promise<Map<string, Reader>> {
  const wanted = keys.filter(isUuid);
  if (wanted.length === 0) return new Map();
  const rows = await query(workspace, (tx) =>
    tx.rows<Reader & { id: string }>(sql`
    SELECT g.id, g.member_id AS member, ${CALLED} AS "memberName" FROM message g
    JOIN member m ON m.workspace_id = g.workspace_id AND m.id = g.member_id
    WHERE g.workspace_id = ${workspace} AND g.id = ANY(${wanted}::uuid[])`),
  );
  return new Map(rows.map(({ id, ...reader }) => [id, reader]));
}

/** The newest messages, by any channel, to the members whom somebody means by a name, phone, mail address or number. */
export async function newestTo(workspace: WorkspaceId, meant: string, most: number): Promise<string[]> {
  const rows = await query(workspace, async (tx) =>
    tx.rows<{ id: string }>(sql`
    SELECT g.id FROM message g
    WHERE g.workspace_id = ${workspace} AND g.member_id IN ${await membersFound(tx, workspace, meant)}
    ORDER BY g.id DESC LIMIT ${most}`),
  );
  return rows.map(({ id }) => id);
}
