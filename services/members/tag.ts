import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import { listens } from "../plans/listening";

export type Tagging = { member: MemberId; tag: string; source: string; depth?: number };
export type TagChange = { member: MemberId; tag: string };

/**
 * Tags a set of members; a tag that is new in the workspace is made, one a member has already keeps its source and time. Returns what is
 * new, and tells it as events. `depth`: how many journeys one after another led to it. One round trip where nobody listens.
 */
export async function tagMembers(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly Tagging[],
  now: Date,
): Promise<TagChange[]> {
  if (set.length === 0) return [];
  // Sorted, so that two sets that make the same new tags wait for each other in one order.
  const tags = [...new Set(set.map(({ tag }) => tag))].sort();
  tx.push(sql`
    INSERT INTO tag (workspace_id, name, created_at)
    SELECT ${workspace}, name, ${now} FROM unnest(${tags}::text[]) AS t (name)
    ON CONFLICT DO NOTHING`);
  const [added, heard] = await Promise.all([
    tx.rows<TagChange>(sql`
      INSERT INTO member_tag (workspace_id, member_id, tag, source, at)
      SELECT ${workspace}, t.member_id, t.tag, t.source, ${now}
      FROM unnest(${set.map(({ member }) => member)}::uuid[], ${set.map(({ tag }) => tag)}::text[], ${set.map(({ source }) => source)}::text[])
        AS t (member_id, tag, source)
      ON CONFLICT DO NOTHING RETURNING member_id AS member, tag`),
    listens(tx, workspace, [ADDED]),
  ]);
  await tell(tx, workspace, ADDED, added, set, heard, now);
  return added;
}

/** Takes tags from a set of members; a tag that a member has not is passed over. Returns what is gone, and tells it as `tagMembers` does. */
export async function untagMembers(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly Omit<Tagging, "source">[],
  now: Date,
): Promise<TagChange[]> {
  if (set.length === 0) return [];
  const [removed, heard] = await Promise.all([
    tx.rows<TagChange>(sql`
      DELETE FROM member_tag
      USING unnest(${set.map(({ member }) => member)}::uuid[], ${set.map(({ tag }) => tag)}::text[]) AS t (member_id, tag)
      WHERE workspace_id = ${workspace} AND member_tag.member_id = t.member_id AND member_tag.tag = t.tag
      RETURNING member_tag.member_id AS member, member_tag.tag`),
    listens(tx, workspace, [REMOVED]),
  ]);
  await tell(tx, workspace, REMOVED, removed, set, heard, now);
  return removed;
}

const ADDED = "tag_added";
const REMOVED = "tag_removed";

async function tell(
  tx: Tx,
  workspace: WorkspaceId,
  name: typeof ADDED | typeof REMOVED,
  changed: readonly TagChange[],
  asked: readonly Omit<Tagging, "source">[],
  heard: ReadonlySet<string>,
  now: Date,
): Promise<void> {
  if (changed.length === 0 || !heard.has(name)) return;
  const depths = new Map(asked.map(({ member, tag, depth }) => [`${member} ${tag}`, depth]));
  const events = changed.map(({ member, tag }) => {
    return { member, event: ledgerEvent(name, { tag }, newId(), now, depths.get(`${member} ${tag}`)) };
  });
  await enqueue(tx, workspace, events, heard);
}
