import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { holdsOf } from "@/core/rules/known-in-part";
import { isAlways, type Rule } from "@/core/rules/rule";
import { type Sql, sql, type Tx } from "@/platform/db";
import { firstIdOf } from "../../workspaces/first-id";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const MONTH_MS = 30 * DAY_MS;
/** Events of a workspace have no index by name: the newest tell for all. */
const NEWEST = 50_000;
/** Of an event's name, those that are held against the rule. */
const JUDGED = 1_000;

export const PastEvents = z.object({
  event: z.string(),
  week: z.int().describe("of the last 7 days"),
  month: z.int().describe("of the last 30 days"),
  members: z.int().nullable().describe("whose those of the last 30 days are; null = there are too many events to say"),
  isEstimate: z.boolean().describe("reckoned from the newest of very many"),
  isPart: z.boolean().describe("only the newest of very many were looked through, history among them: there are more"),
  since: Instant.nullable().describe("the first that is known of the workspace, where that is less than 30 days ago"),
  isAtMost: z.boolean().describe("the rule asks also for what the events alone do not say"),
});
export type PastEvents = z.infer<typeof PastEvents>;

/**
 * How many events of the last days would have started runs, as far as the events alone can say; those that came as history count by when
 * they happened. By the primary key: ids grow with the time of coming, which is never before that of happening.
 */
export async function pastEvents(
  tx: Tx,
  workspace: WorkspaceId,
  { event, when }: { event: string; when: Rule },
  now: Date,
): Promise<PastEvents> {
  const newest = sql`
    SELECT name, member_id, properties, occurred_at, accepted_at, is_historical FROM event
    WHERE workspace_id = ${workspace} AND id >= ${firstIdOf(new Date(now.getTime() - MONTH_MS))}::uuid ORDER BY id DESC LIMIT ${NEWEST}`;
  const since = (days: number) => new Date(now.getTime() - days);
  const fits = counts(event, since(MONTH_MS));
  const row = await tx.one<Seen>(sql`
    SELECT count(*)::int AS seen, min(e.accepted_at) AS oldest, min(e.occurred_at) AS first, coalesce(bool_or(e.is_historical), false) AS "isMixed",
      count(*) FILTER (WHERE ${fits})::int AS month, count(DISTINCT e.member_id) FILTER (WHERE ${fits})::int AS members, count(*) FILTER (WHERE ${counts(event, since(WEEK_MS))})::int AS week
    FROM (${newest}) AS e`);
  const { seen, oldest, first, isMixed, month, week, members } = row ?? NONE;
  const isPart = seen === NEWEST && isMixed;
  // History comes in its own order and haste: what it holds further back, its newest do not tell.
  const span = seen === NEWEST && oldest && !isPart ? Math.max(1, now.getTime() - oldest.getTime()) : MONTH_MS;
  const fit = isAlways(when) || month === 0 ? EVERY : await fitting(tx, newest, { fits, when });
  return {
    event,
    month: Math.round(month * Math.max(1, MONTH_MS / span) * fit.share),
    week: Math.round(week * Math.max(1, WEEK_MS / span) * fit.share),
    members: seen === NEWEST ? null : Math.round(members * fit.ofMembers),
    isPart,
    since: isPart ? null : await knownSince(tx, workspace, first, since(MONTH_MS)),
    isEstimate: span < MONTH_MS || (month > fit.judged && fit.share < 1),
    isAtMost: fit.isOpen,
  };
}

type Seen = {
  seen: number;
  oldest: Date | null;
  first: Date | null;
  isMixed: boolean;
  month: number;
  week: number;
  members: number;
};
const NONE: Seen = { seen: 0, oldest: null, first: null, isMixed: false, month: 0, week: 0, members: 0 };

/** When the workspace's events begin, if that is after an instant. */
async function knownSince(tx: Tx, workspace: WorkspaceId, first: Date | null, after: Date): Promise<Date | null> {
  if (first === null || first <= after) return null;
  const oldest = await tx.one<{ at: Date }>(
    sql`SELECT occurred_at AS at FROM event WHERE workspace_id = ${workspace} ORDER BY id LIMIT 1`,
  );
  return oldest && oldest.at > after ? new Date(Math.min(oldest.at.getTime(), first.getTime())) : null;
}

type Fit = { share: number; ofMembers: number; judged: number; isOpen: boolean };
const EVERY: Fit = { share: 1, ofMembers: 1, judged: 0, isOpen: false };

const counts = (event: string, since: Date) => sql`e.name = ${event} AND e.occurred_at >= ${since}`;

/**
 * What share of the newest events of a name the rule does not rule out, and of the members who have any; `isOpen`: of some it could not be said, and
 * they are counted.
 */
async function fitting(tx: Tx, newest: Sql, { fits, when }: { fits: Sql; when: Rule }): Promise<Fit> {
  const rows = await tx.rows<{ member: string; properties: Record<string, unknown> }>(
    sql`SELECT e.member_id AS member, e.properties FROM (${newest}) AS e WHERE ${fits} LIMIT ${JUDGED}`,
  );
  const judged = rows.map(({ member, properties }) => ({ member, verdict: holdsOf(when, properties) }));
  const fit = judged.filter(({ verdict }) => verdict !== false);
  const membersOf = (some: typeof judged) => new Set(some.map(({ member }) => member)).size;
  return {
    share: fit.length / Math.max(1, judged.length),
    ofMembers: membersOf(fit) / Math.max(1, membersOf(judged)),
    judged: judged.length,
    isOpen: judged.some(({ verdict }) => verdict === undefined),
  };
}
