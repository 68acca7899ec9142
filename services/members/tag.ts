import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";

export type Tagging = { member: MemberId; tag: string; source: string };

/** Tags a set of members; a tag that is new in the workspace is made, one a member has already keeps its source and time. */
export async function tagMembers(tx: Tx, workspace: WorkspaceId, set: readonly Tagging[], now: Date): Promise<void> {
  if (set.length === 0) return;
  // Sorted, so that two sets that make the same new tags wait for each other in one order.
  const tags = [...new Set(set.map(({ tag }) => tag))].sort();
  await tx.run(sql`
    INSERT INTO tag (workspace_id, name, created_at)
    SELECT ${workspace}, name, ${now} FROM unnest(${tags}::text[]) AS t (name)
    ON CONFLICT DO NOTHING`);
  const added = await tx.rows<Changed>(sql`
    INSERT INTO member_tag (workspace_id, member_id, tag, source, at)
    SELECT ${workspace}, t.member_id, t.tag, t.source, ${now}
    FROM unnest(${set.map(({ member }) => member)}::uuid[], ${set.map(({ tag }) => tag)}::text[], ${set.map(({ source }) => source)}::text[])
      AS t (member_id, tag, source)
    ON CONFLICT DO NOTHING RETURNING member_id AS member, tag`);
  await tell(tx, workspace, "tag_added", added, now);
}

/** Takes tags from a set of members; a tag that a member has not is passed over. */
export async function untagMembers(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly Omit<Tagging, "source">[],
  now: Date,
): Promise<void> {
  if (set.length === 0) return;
  const removed = await tx.rows<Changed>(sql`
    DELETE FROM member_tag
    USING unnest(${set.map(({ member }) => member)}::uuid[], ${set.map(({ tag }) => tag)}::text[]) AS t (member_id, tag)
    WHERE workspace_id = ${workspace} AND member_tag.member_id = t.member_id AND member_tag.tag = t.tag
    RETURNING member_tag.member_id AS member, member_tag.tag`);
  await tell(tx, workspace, "tag_removed", removed, now);
}

type Changed = { member: MemberId; tag: string };

async function tell(
  tx: Tx,
  workspace: WorkspaceId,
  name: "tag_added" | "tag_removed",
  set: readonly Changed[],
  now: Date,
): Promise<void> {
  await enqueue(
    tx,
    workspace,
    set.map(({ member, tag }) => ({ member, event: ledgerEvent(name, { tag }, newId(), now) })),
  );
}
