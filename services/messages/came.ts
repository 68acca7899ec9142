import { type Sql, sql } from "@/platform/db";
import type { MessageOutcome } from "./traffic";

/** The node a message's step belongs to, over `g`, as the indexes of what came of messages say it. */
export const NODE_OF = sql`regexp_replace(g.step, '[.][^.]*$', '')`;

type Came = { is: Sql; at: Sql };
/** Reached after it was sent, as it is counted. */
const GOAL = sql`(SELECT r.goal_at FROM run r WHERE r.workspace_id = g.workspace_id AND r.id = g.run_id AND r.goal_at >= g.accepted_at)`;

/**
 * Which messages (`g`) a number of the canvas counted, and when each was. By message_sent_by, message_unsent_by and message_opened_by, as each says
 * their conditions in their own words.
 */
export const CAME: Record<MessageOutcome, Came> = {
  sent: { is: sql`g.accepted_at IS NOT NULL`, at: sql`g.accepted_at` },
  not_sent: {
    is: sql`g.accepted_at IS NULL AND g.state IN ('failed', 'skipped')`,
    at: sql`coalesce(g.claimed_at, g.queued_at)`,
  },
  undelivered: { is: sql`g.accepted_at IS NOT NULL AND g.state = 'failed'`, at: sql`g.accepted_at` },
  delivered: { is: sql`g.accepted_at IS NOT NULL AND g.delivered_at IS NOT NULL`, at: sql`g.delivered_at` },
  opened: { is: sql`g.opened_at IS NOT NULL`, at: sql`g.opened_at` },
  clicked: { is: sql`g.opened_at IS NOT NULL AND g.clicked_at IS NOT NULL`, at: sql`g.clicked_at` },
  converted: { is: sql`g.accepted_at IS NOT NULL AND ${GOAL} IS NOT NULL`, at: GOAL },
};
