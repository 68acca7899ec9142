import type { MemberId, RunId, StepId, WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { tierBefore } from "@/core/members/timed-tier";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import { lockMembers } from "./lock";

export type TierSet = {
  member: MemberId;
  tier: string;
  reason: string;
  /** Who set it: `journey:<id>`, `user:<id>` … */
  source: string;
  /** When the tier before comes back; null = it stays. */
  until: Date | null;
  run?: RunId;
  step?: StepId;
  /** How many journeys one after another led to it. */
  depth?: number;
};
type Standing = { id: MemberId; tier: string; open: string | null; before: string | null; until: Date | null };

/**
 * Moves a set of members to tiers, keeps reason and end, and tells it as an event; the last of several for one member stands. A tier that a
 * member has already for good stays for good; one that is theirs for a time gets the new end. Locks the members.
 */
export async function setTiers(tx: Tx, workspace: WorkspaceId, set: readonly TierSet[], now: Date): Promise<void> {
  const last = new Map(set.map((one) => [one.member, one]));
  if (last.size === 0) return;
  await lockMembers(tx, workspace, [...last.keys()]);
  const standing = await tx.rows<Standing>(sql`
    SELECT m.id, m.tier, c.id AS open, c.previous AS before, c.until FROM member m
    LEFT JOIN tier_change c ON c.workspace_id = m.workspace_id AND c.member_id = m.id AND c.until IS NOT NULL AND c.ended_at IS NULL
    WHERE m.workspace_id = ${workspace} AND m.id = ANY(${[...last.keys()]}::uuid[])`);
  const changes = standing.flatMap((now) => {
    const wanted = last.get(now.id);
    const previous = wanted && tierBefore(asStanding(now), { ...wanted, until: wanted.until?.getTime() ?? null });
    return wanted && previous !== undefined
      ? [{ ...wanted, id: newId(), was: now.tier, previous, ends: now.open }]
      : [];
  });
  if (changes.length === 0) return;
  await tx.run(sql`
    UPDATE tier_change SET ended_at = ${now}
    WHERE workspace_id = ${workspace} AND id = ANY(${changes.flatMap((c) => c.ends ?? [])}::uuid[])`);
  await tx.run(sql`
    INSERT INTO tier_change (workspace_id, id, member_id, tier, previous, reason, source, run_id, step, until, at)
    SELECT ${workspace}, c.id, c.member, c.tier, c.previous, c.reason, c.source, c.run, c.step, c.until, ${now}
    FROM unnest(${changes.map((c) => c.id)}::uuid[], ${changes.map((c) => c.member)}::uuid[], ${changes.map((c) => c.tier)}::text[],
      ${changes.map((c) => c.previous)}::text[], ${changes.map((c) => c.reason)}::text[], ${changes.map((c) => c.source)}::text[],
      ${changes.map((c) => c.run ?? null)}::uuid[], ${changes.map((c) => c.step ?? null)}::text[], ${changes.map((c) => c.until)}::timestamptz[])
      AS c(id, member, tier, previous, reason, source, run, step, until)`);
  const moved = changes.filter((c) => c.was !== c.tier);
  await writeTiers(tx, workspace, moved, now);
}

const asStanding = ({ tier, before, until }: Standing) => ({
  tier,
  timed: before === null || until === null ? null : { previous: before, until: until.getTime() },
});

/** `isInherited`: a member who merged into this one had the tier before. */
type Moved = Pick<TierSet, "member" | "tier" | "reason" | "until" | "depth"> & { was: string; isInherited?: true };

/** Writes the tiers of members that are locked, as said now, and tells what changed. */
export async function writeTiers(tx: Tx, workspace: WorkspaceId, moved: readonly Moved[], now: Date): Promise<void> {
  if (moved.length === 0) return;
  await tx.run(sql`
    UPDATE member m SET tier = c.tier, attribute_times = m.attribute_times || jsonb_build_object('#tier', ${now.getTime()}::float8), updated_at = ${now}
    FROM unnest(${moved.map((c) => c.member)}::uuid[], ${moved.map((c) => c.tier)}::text[]) AS c(member, tier)
    WHERE m.workspace_id = ${workspace} AND m.id = c.member`);
  await enqueue(
    tx,
    workspace,
    moved.map(({ member, was, tier, reason, until, depth, isInherited }) => ({
      member,
      event: {
        ...ledgerEvent(
          "tier_changed",
          { tier, previous: was, reason, ...(until && { until: until.toISOString() }) },
          newId(),
          now,
          depth,
        ),
        ...(isInherited && { isInherited }),
      },
    })),
  );
}
