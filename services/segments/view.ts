import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { Rule } from "@/core/rules/schema";
import { type Sql, sql, type Tx } from "@/platform/db";

export const SegmentView = z.object({
  id: z.string(),
  name: z.string(),
  rule: Rule,
  /** building: who is in it is being found out. */
  state: z.enum(["building", "live"]),
  createdAt: Instant,
  updatedAt: Instant,
});
export type SegmentView = z.infer<typeof SegmentView>;

/** Segments by a condition over `s`, newest first unless told otherwise. */
export const readSegments = (
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  limit: number,
  by: Sql = sql`s.id DESC`,
): Promise<SegmentView[]> =>
  tx.rows(sql`
  SELECT s.id, s.name, s.rule, s.state, s.created_at AS "createdAt", s.updated_at AS "updatedAt"
  FROM segment s
  WHERE s.workspace_id = ${workspace} AND s.state <> 'deleted' AND ${where}
  ORDER BY ${by}
  LIMIT ${limit}`);

/** Who can be in a segment at all: known members, not visitors, not those merged into another. */
export const counted = (workspace: WorkspaceId): Sql =>
  sql`m.workspace_id = ${workspace} AND m.merged_into IS NULL AND NOT m.is_anonymous`;
