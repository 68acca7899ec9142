import { type MemberId, segmentsConductor, type WorkspaceId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import type { LoadedMember } from "@/core/members/loaded-member";
import { evaluate } from "@/core/rules/evaluate";
import { nextChange } from "@/core/rules/next-change";
import { sql, type Tx } from "@/platform/db";
import { newId } from "@/platform/ids";
import { enqueue } from "../events/enqueue";
import type { Watched } from "../plans/watched";
import { ringBy } from "../rings/ring-by";

/** `zone`: the workspace's, in which segments count days for everyone. */
export type At = { workspace: WorkspaceId; now: Date; zone: string };
/** `depth`: how many journeys one after another led to what may have moved the member; `isHistorical`: only what was told of the past did. */
export type Pair = { member: LoadedMember; segment: Watched; depth?: number | undefined; isHistorical?: boolean };

type Kept = { segment: string; member: MemberId; isIn: boolean; nextAt: number | null };
type Change = Kept & { name: string; turned: boolean; depth: number | undefined; isHistorical: boolean };

/**
 * Decides anew whether members are in segments, and writes what changed: the membership, and when the clock alone can change it. A later
 * instant than the one known is not written, because whoever comes at the known one asks again: a member who is active writes nothing.
 * With `tells`, entering and leaving are events for whatever listens, historical ones where only the past was told of. The members are locked by the caller, their days loaded far enough back.
 */
export async function keep(tx: Tx, at: At, pairs: readonly Pair[], { tells }: { tells: boolean }): Promise<void> {
  if (pairs.length === 0) return;
  const known = await read(tx, at.workspace, pairs);
  const changes = pairs.flatMap(({ member, segment, depth, isHistorical = false }): Change[] => {
    // While a segment is built, those whom the builder has not come to are its business: it tells nobody that they were in all along.
    if (segment.isBuilding && tells && (segment.builtTo === null || member.id > segment.builtTo)) return [];
    const before = known.get(`${segment.id} ${member.id}`);
    const after = answer(member, segment, at);
    const turned = after.isIn !== (before?.isIn ?? false);
    const isSooner =
      after.nextAt !== null &&
      (before?.nextAt == null || after.nextAt < before.nextAt || before.nextAt <= at.now.getTime());
    const isSpent = after.nextAt === null && before?.nextAt != null && before.nextAt <= at.now.getTime();
    return turned || isSooner || isSpent
      ? [{ segment: segment.id, member: member.id, ...after, name: segment.name, turned, depth, isHistorical }]
      : [];
  });
  if (changes.length === 0) return;
  write(tx, at, changes);
  const soonest = changes.reduce<number | null>(
    (least, { nextAt }) => (nextAt !== null && (least === null || nextAt < least) ? nextAt : least),
    null,
  );
  if (soonest !== null) ringBy(tx, at.workspace, segmentsConductor(at.workspace), new Date(soonest));
  if (tells)
    await enqueue(
      tx,
      at.workspace,
      changes
        .filter(({ turned }) => turned)
        .map(({ member, segment, name, isIn, depth, isHistorical }) => ({
          member,
          event: {
            ...ledgerEvent(
              isIn ? "segment_entered" : "segment_left",
              { segment_id: segment, segment: name },
              newId(),
              at.now,
              depth,
            ),
            isHistorical,
          },
        })),
    );
}

/** Visitors and those merged away are in no segment. */
function answer(member: LoadedMember, { rule }: Watched, { now, zone }: At): { isIn: boolean; nextAt: number | null } {
  if (member.isAnonymous) return { isIn: false, nextAt: null };
  const facts = { member, now: now.getTime(), zone };
  return { isIn: evaluate(rule, facts), nextAt: nextChange(rule, facts) };
}

async function read(tx: Tx, workspace: WorkspaceId, pairs: readonly Pair[]): Promise<Map<string, Kept>> {
  // By the primary key: both lists are short on one side.
  const rows = await tx.rows<Kept>(sql`
    SELECT segment_id AS segment, member_id AS member, is_in AS "isIn", (extract(epoch FROM next_at) * 1000)::float8 AS "nextAt" FROM segment_member
    WHERE workspace_id = ${workspace} AND segment_id = ANY(${[...new Set(pairs.map((p) => p.segment.id))]}::uuid[])
      AND member_id = ANY(${[...new Set(pairs.map((p) => p.member.id))]}::uuid[])`);
  return new Map(rows.map((row) => [`${row.segment} ${row.member}`, row]));
}

function write(tx: Tx, { workspace, now }: At, changes: readonly Change[]): void {
  tx.push(sql`
    INSERT INTO segment_member (workspace_id, segment_id, member_id, is_in, changed_at, next_at)
    SELECT ${workspace}, c.segment, c.member, c.is_in, ${now}, to_timestamp(c.next_ms / 1000)
    FROM unnest(${changes.map((c) => c.segment)}::uuid[], ${changes.map((c) => c.member)}::uuid[], ${changes.map((c) => c.isIn)}::boolean[],
      ${changes.map((c) => c.nextAt)}::float8[]) AS c(segment, member, is_in, next_ms)
    ON CONFLICT (workspace_id, segment_id, member_id) DO UPDATE SET is_in = EXCLUDED.is_in, next_at = EXCLUDED.next_at,
      changed_at = CASE WHEN segment_member.is_in = EXCLUDED.is_in THEN segment_member.changed_at ELSE EXCLUDED.changed_at END`);
}
