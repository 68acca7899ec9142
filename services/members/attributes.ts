import type { MemberId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { json, sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";

/**
 * One attribute of one member as it becomes; undefined clears it. Several of one member are set in order. `depth`: how many journeys one after
 * another led to it.
 */
export type AttributeSet = { member: MemberId; name: string; was: unknown; value: unknown; depth?: number };

/**
 * Sets attributes of a set of members, whom the caller has locked. Said now, so that what a sender said before and comes later does not
 * undo it. What changed becomes an event.
 */
export async function setAttributes(
  tx: Tx,
  workspace: WorkspaceId,
  set: readonly AttributeSet[],
  now: Date,
): Promise<void> {
  const changed = set.filter(({ was, value }) => json(was ?? null) !== json(value ?? null));
  if (changed.length === 0) return;
  const last = new Map(changed.map((one) => [`${one.member} ${one.name}`, one]));
  const rows = [...last.values()].sort((a, b) => (a.member < b.member ? -1 : 1));
  await tx.run(sql`
    UPDATE member m SET attributes = (m.attributes - c.names) || jsonb_strip_nulls(c.values),
      attribute_times = m.attribute_times || c.times, updated_at = ${now}
    FROM (
      SELECT member_id, array_agg(name) AS names, jsonb_object_agg(name, value) AS values, jsonb_object_agg(name, ${now.getTime()}::float8) AS times
      FROM unnest(${rows.map((r) => r.member)}::uuid[], ${rows.map((r) => r.name)}::text[], ${rows.map((r) => json(r.value ?? null))}::jsonb[])
        AS r(member_id, name, value) GROUP BY member_id) AS c
    WHERE m.workspace_id = ${workspace} AND m.id = c.member_id`);
  await enqueue(
    tx,
    workspace,
    changed.map(({ member, name, was, value, depth }) => ({
      member,
      event: ledgerEvent(
        "attribute_changed",
        { attribute: name, ...(value !== undefined && { value }), ...(was !== undefined && { previous: was }) },
        newId(),
        now,
        depth,
      ),
    })),
  );
}
