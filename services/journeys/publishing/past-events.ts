import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { holdsOf } from "@/core/rules/known-in-part";
import { isAlways, type Rule } from "@/core/rules/rule";
import { sql, type Tx } from "@/platform/db";
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
  isEstimate: z.boolean().describe("reckoned from the newest of very many"),
  isAtMost: z.boolean().describe("the rule asks also for what the events alone do not say"),
});
export type PastEvents = z.infer<typeof PastEvents>;

/** How many events of the last days would have started runs, as far as the events alone can say. By the primary key: ids grow with time. */
export async function pastEvents(
  tx: Tx,
  workspace: WorkspaceId,
  { event, when }: { event: string; when: Rule },
  now: Date,
): Promise<PastEvents> {
  const newest = sql`
    SELECT name, properties, accepted_at, is_historical FROM event
    WHERE workspace_id = ${workspace} AND id >= ${firstIdOf(new Date(now.getTime() - MONTH_MS))}::uuid ORDER BY id DESC LIMIT ${NEWEST}`;
  const row = await tx.one<{ seen: number; oldest: Date | null; month: number; week: number }>(sql`
    SELECT count(*)::int AS seen, min(e.accepted_at) AS oldest, count(*) FILTER (WHERE ${counts(event)})::int AS month,
      count(*) FILTER (WHERE ${counts(event)} AND e.accepted_at >= ${new Date(now.getTime() - WEEK_MS)})::int AS week
    FROM (${newest}) AS e`);
  const { seen = 0, oldest = null, month = 0, week = 0 } = row ?? {};
  const span = seen === NEWEST && oldest ? Math.max(1, now.getTime() - oldest.getTime()) : MONTH_MS;
  const fit = isAlways(when) || month === 0 ? EVERY : await fitting(tx, newest, { event, when });
  return {
    event,
    month: Math.round(month * Math.max(1, MONTH_MS / span) * fit.share),
    week: Math.round(week * Math.max(1, WEEK_MS / span) * fit.share),
    isEstimate: span < MONTH_MS || (month > fit.judged && fit.share < 1),
    isAtMost: fit.isOpen,
  };
}

type Fit = { share: number; judged: number; isOpen: boolean };
const EVERY: Fit = { share: 1, judged: 0, isOpen: false };

const counts = (event: string) => sql`e.name = ${event} AND NOT e.is_historical`;

/** What share of the newest events of a name the rule does not rule out; `isOpen`: of some it could not be said, and they are counted. */
async function fitting(
  tx: Tx,
  newest: ReturnType<typeof sql>,
  { event, when }: { event: string; when: Rule },
): Promise<Fit> {
  const rows = await tx.rows<{ properties: Record<string, unknown> }>(
    sql`SELECT e.properties FROM (${newest}) AS e WHERE ${counts(event)} LIMIT ${JUDGED}`,
  );
  const verdicts = rows.map(({ properties }) => holdsOf(when, properties));
  return {
    share: verdicts.filter((verdict) => verdict !== false).length / Math.max(1, verdicts.length),
    judged: verdicts.length,
    isOpen: verdicts.includes(undefined),
  };
}
