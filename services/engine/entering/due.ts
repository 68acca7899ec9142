import { type JourneyId, journeyConductor, type MemberId, shardOf, type WorkspaceId } from "@/core/ids";
import type { LoadedMember } from "@/core/members/loaded-member";
import { isTimed } from "@/core/plan/entry";
import { isNews, type Memory, type Next, NOTHING, nextEntry, pastBy } from "@/core/plan/timed";
import type { Facts } from "@/core/rules/facts";
import { zoneOfMember } from "@/core/time/zone-of";
import { sql, type Tx } from "@/platform/db";
import type { LiveJourney } from "../../plans/plans";
import { ringBy } from "../../rings/ring-by";

export type At = { workspace: WorkspaceId; now: Date; zone: string };
export type DueRow = { journey: JourneyId; member: MemberId; at: number | null; memory: Memory };
export type DueWrite = { member: MemberId } & Next;

export const timedFacts = (member: LoadedMember, { now, zone }: At): Facts => ({
  member,
  now: now.getTime(),
  zone: zoneOfMember(zone, member),
});

/**
 * Keeps the due rows of members whose events a turn projected. A later instant than the row's is not written, because whoever comes at the
 * row's looks again: a member who is active writes nothing. Members whom a journey's enrolment has not come to are its business, but for those
 * who joined since it was published. `past`: those whose events only told of the past, which let nobody in.
 */
export async function keepDues(
  tx: Tx,
  at: At,
  journeys: readonly LiveJourney[],
  members: readonly LoadedMember[],
  past: ReadonlySet<MemberId>,
): Promise<void> {
  const timed = journeys.flatMap(({ plan, ...journey }) =>
    isTimed(plan.entry) ? [{ ...journey, entry: plan.entry }] : [],
  );
  const known = members.filter(({ isAnonymous }) => !isAnonymous);
  if (timed.length === 0 || known.length === 0) return;
  const ids = known.map(({ id }) => id);
  const [rows, enrolling] = await Promise.all([
    readDues(
      tx,
      at.workspace,
      timed.map(({ id }) => id),
      ids,
    ),
    readEnrolments(tx, at.workspace),
  ]);
  for (const { id, shards, entry } of timed) {
    const reached = enrolling.get(id);
    const writes = known.flatMap((member): DueWrite[] => {
      if (reached && !joinedSince(member, reached.since) && (reached.position === null || member.id > reached.position))
        return [];
      const row = rows.get(`${id} ${member.id}`);
      const by = pastBy(past.has(member.id), row, at.now.getTime());
      const next = nextEntry(entry, row?.memory ?? NOTHING, timedFacts(member, at), by);
      return isNews(row, next) ? [{ member: member.id, ...next }] : [];
    });
    saveDues(tx, at.workspace, { id, shards }, writes);
  }
}

/** By the primary key (workspace, journey, member). */
export async function readDues(
  tx: Tx,
  workspace: WorkspaceId,
  journeys: readonly JourneyId[],
  members: readonly MemberId[],
): Promise<Map<string, DueRow>> {
  const rows = await tx.rows<Omit<DueRow, "memory"> & Memory>(sql`
    SELECT journey_id AS journey, member_id AS member, (extract(epoch FROM at) * 1000)::float8 AS at, done, day, edited, told, before FROM due
    WHERE workspace_id = ${workspace} AND journey_id = ANY(${[...journeys]}::uuid[]) AND member_id = ANY(${[...members]}::uuid[])`);
  return new Map(
    rows.map(({ done, day, edited, told, before, ...row }) => [
      `${row.journey} ${row.member}`,
      { ...row, memory: { done, day, edited, told, before } },
    ]),
  );
}

/** Whether a member joined after a publish: what it decides of those who match already is not about them. */
export const joinedSince = ({ joinedAt }: Pick<LoadedMember, "joinedAt">, since: Date): boolean =>
  joinedAt >= since.getTime();

type Enrolment = { position: MemberId | null; since: Date };

/** How far each journey's enrolment is, by member id, and since when it is under way; null = not begun. By job_enrol. */
async function readEnrolments(tx: Tx, workspace: WorkspaceId): Promise<Map<JourneyId, Enrolment>> {
  const rows = await tx.rows<{ journey: JourneyId } & Enrolment>(sql`
    SELECT journey_id AS journey, position #>> '{}' AS position, started_at AS since FROM job WHERE workspace_id = ${workspace} AND kind = 'enrol' AND state = 'running'`);
  return new Map(rows.map(({ journey, ...enrolment }) => [journey, enrolment]));
}

/** Writes due rows of one journey, whose members are locked, and wakes its conductors for what comes before they would wake. */
export function saveDues(
  tx: Tx,
  workspace: WorkspaceId,
  journey: { id: JourneyId; shards: number },
  writes: readonly DueWrite[],
): void {
  if (writes.length === 0) return;
  tx.push(sql`
    INSERT INTO due (workspace_id, journey_id, member_id, shard, at, done, day, edited, told, before)
    SELECT ${workspace}, ${journey.id}, d.member, d.shard, to_timestamp(d.at_ms / 1000), d.done, d.day, d.edited, d.told, d.before
    FROM unnest(${writes.map((w) => w.member)}::uuid[], ${writes.map((w) => shardOf(w.member, journey.shards))}::int[], ${writes.map((w) => w.at)}::float8[],
      ${writes.map((w) => w.memory.done)}::text[], ${writes.map((w) => w.memory.day)}::date[], ${writes.map((w) => w.memory.edited)}::int[],
      ${writes.map((w) => w.memory.told)}::text[], ${writes.map((w) => w.memory.before)}::text[])
      AS d(member, shard, at_ms, done, day, edited, told, before)
    ON CONFLICT (workspace_id, journey_id, member_id) DO UPDATE
      SET shard = EXCLUDED.shard, at = EXCLUDED.at, done = EXCLUDED.done, day = EXCLUDED.day, edited = EXCLUDED.edited, told = EXCLUDED.told, before = EXCLUDED.before`);
  const soonest = new Map<number, number>();
  for (const { member, at } of writes) {
    const shard = shardOf(member, journey.shards);
    if (at !== null) soonest.set(shard, Math.min(at, soonest.get(shard) ?? at));
  }
  for (const [shard, at] of soonest) ringBy(tx, workspace, journeyConductor(journey.id, shard), new Date(at));
}
