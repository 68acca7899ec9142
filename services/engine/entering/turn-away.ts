import type { JourneyId, WorkspaceId } from "@/core/ids";
import { engine, json, sql, type Tx } from "@/platform/db";
import type { Entrant } from "./entrant";

/** Why a member to whom a trigger came did not enter. */
export type AwayReason =
  | "paused"
  | "stopped"
  | "overdue"
  | "excluded"
  | "re_entry"
  | "limit_member"
  | "limit_total"
  | "limit_daily"
  | "limit_live"
  | "too_deep"
  /** The trigger's conditions. Only of events that our own ledgers tell: a sender's has a row of its own, by which it can be judged again. */
  | "rule_false";
export type TurnedAway = Entrant & { reason: AwayReason };

/**
 * Remembers who did not enter, for "why not": what it tells was known anyway, so it costs one insert. Of an event whose conditions did not hold all
 * that they read is kept, so that they can be told leaf by leaf.
 */
export function turnAway(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  away: readonly TurnedAway[],
  now: Date,
): void {
  if (away.length === 0) return;
  tx.push(sql`
    INSERT INTO turned_away (workspace_id, member_id, journey_id, at, reason, event, event_id)
    SELECT ${workspace}, a.member, ${journey}, ${now}, a.reason, a.event, a.event ->> 'id'
    FROM unnest(${away.map((a) => a.member)}::uuid[], ${away.map((a) => a.reason)}::text[],
      ${away.map(({ event, reason }) => json(reason === "rule_false" ? event : { id: event.id, name: event.name }))}::jsonb[]) AS a(member, reason, event)
    ON CONFLICT DO NOTHING`);
}

const KEPT = "30 days";

/** Forgets up to `limit` of those turned away longer ago than anyone may ask; returns how many. By turned_away_at. */
export const forgetTurnedAway = (limit: number): Promise<number> =>
  engine((tx) =>
    tx.run(sql`
    DELETE FROM turned_away WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM turned_away WHERE at < clock_timestamp() - ${KEPT}::interval ORDER BY at LIMIT ${limit}))`),
  );
