import type { MemberId, WorkspaceId } from "@/core/ids";
import { FIRST_UUID } from "@/core/uuid";
import { type Sql, sql, type Tx } from "@/platform/db";
import { ruleWhere } from "../members/where";
import { counted } from "../segments/view";
import type { Reach } from "./open";

export type Page = { members: MemberId[]; seen: number; last: MemberId | null };

/**
 * A page of an audience after a member's id: of so many looked at those whom the rule holds, so that a page costs the same however few
 * they are. `last: null` = nobody is left.
 */
export async function pageOf(
  tx: Tx,
  workspace: WorkspaceId,
  reach: Reach,
  after: MemberId | null,
  limit: number,
  now: Date,
): Promise<Page> {
  const rows = await tx.rows<{ id: MemberId; fits: boolean }>(sql`
    SELECT m.id, (${counted(workspace)} AND ${await whereOf(tx, workspace, reach, now)}) AS fits FROM (${candidates(workspace, reach, after, limit)}) m ORDER BY m.id`);
  return {
    members: rows.filter(({ fits }) => fits).map(({ id }) => id),
    seen: rows.length,
    last: rows.at(-1)?.id ?? null,
  };
}

/** How many the audience is now. */
export async function sizeOf(tx: Tx, workspace: WorkspaceId, reach: Reach, now: Date): Promise<number> {
  const where = await whereOf(tx, workspace, reach, now);
  const row = await tx.one<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM (${candidates(workspace, reach, null, null)}) m WHERE ${counted(workspace)} AND ${where}`);
  return row?.n ?? 0;
}

/** Members by the primary key, or a segment's by segment_member's. */
function candidates(workspace: WorkspaceId, { segment }: Reach, after: MemberId | null, limit: number | null): Sql {
  const from = after ?? FIRST_UUID;
  return segment === undefined
    ? sql`SELECT * FROM member WHERE workspace_id = ${workspace} AND id > ${from} ORDER BY id LIMIT ${limit}`
    : sql`
      SELECT c.* FROM (
        SELECT member_id FROM segment_member WHERE workspace_id = ${workspace} AND segment_id = ${segment} AND is_in AND member_id > ${from}
        ORDER BY member_id LIMIT ${limit}) s
      JOIN member c ON c.workspace_id = ${workspace} AND c.id = s.member_id`;
}

async function whereOf(tx: Tx, workspace: WorkspaceId, reach: Reach, now: Date): Promise<Sql> {
  const where = await ruleWhere(tx, workspace, reach.when, now);
  if (!where.ok) throw new TypeError(`the audience's rule cannot be read: ${where.detail ?? where.reason}`);
  return where.value;
}
