import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { JourneyState } from "../journey-view";

const MOST = 20;
const Touched = z.object({
  member: z.string(),
  items: z.array(z.object({ id: z.string(), name: z.string(), state: JourneyState })),
});

/**
 * The journeys an event could have mattered to: those that begin with its name, and those its member was on the way in when it came. What it
 * came to in each, why-not tells.
 */
export const journeysTouchedBy = useCase({
  may: "run.read",
  input: z.object({ event: z.uuid() }),
  output: Touched,
  says: "Journeys that an event could have started or moved; ask why-not with the event for what it came to",
  async run({ tx, actor: { workspace } }, { event }) {
    const found = await tx.one<{ name: string; member: string; acceptedAt: Date }>(sql`
      SELECT name, member_id AS member, accepted_at AS "acceptedAt" FROM event WHERE workspace_id = ${workspace} AND id = ${event}`);
    if (!found) return refuse("not_found", "no such event");
    // The member's runs by run_member.
    const items = await tx.rows<z.infer<typeof Touched>["items"][number]>(sql`
      SELECT j.id, j.name, j.state FROM journey j LEFT JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
      WHERE j.workspace_id = ${workspace} AND (
        (j.state IN ('live', 'paused') AND p.body -> 'entry' ->> 'on' = 'event' AND p.body -> 'entry' ->> 'event' = ${found.name})
        OR EXISTS (
          SELECT FROM run r WHERE r.member_id = ${found.member} AND r.workspace_id = j.workspace_id AND r.journey_id = j.id
            AND r.entered_at <= ${found.acceptedAt}::timestamptz + interval '1 minute' AND coalesce(r.ended_at, 'infinity') >= ${found.acceptedAt}))
      ORDER BY j.name, j.id LIMIT ${MOST}`);
    return ok({ member: found.member, items });
  },
});
