import type { OfferId, WorkspaceId } from "@/core/ids";
import type { OfferTerms } from "@/core/loyalty/offer";
import { type Refused, refuse } from "@/core/refusals";
import { dayOf } from "@/core/time/day";
import { sql, type Tx } from "@/platform/db";

/**
 * Refuses a last day that is over on the workspace's calendar: nothing could be issued. undefined = it is not. An `offer` whose last day has
 * come and gone keeps it while something else is changed.
 */
export async function refuseLastDay(
  tx: Tx,
  workspace: WorkspaceId,
  { validity }: OfferTerms,
  now: Date,
  offer?: OfferId,
): Promise<Refused | undefined> {
  if (validity.is !== "fixed") return undefined;
  const known = await tx.one<{ zone: string; until: string | null }>(sql`
    SELECT w.time_zone AS zone, o.terms #>> '{validity,until}' AS until
    FROM workspace w LEFT JOIN offer o ON o.workspace_id = w.id AND o.id = ${offer ?? null}::uuid
    WHERE w.id = ${workspace}`);
  return known && validity.until < dayOf(now.getTime(), known.zone) && validity.until !== known.until
    ? refuse("invalid", "this day is over: choose today or later", ["terms", "validity", "until"])
    : undefined;
}
