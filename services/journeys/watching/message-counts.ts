import { z } from "zod";
import { type JourneyId, nodeOf, type StepId, type WorkspaceId } from "@/core/ids";
import { sql, type Tx } from "@/platform/db";
import { MESSAGE_OUTCOMES, type MessageOutcome } from "../../messages/traffic";

/** What came of a step's messages. `sent` holds those that were delivered or failed afterwards; `converted`: of those sent, whose run then reached the goal. */
export const MessageCount = z.object({
  sent: z.int(),
  notSent: z.int(),
  undelivered: z.int(),
  delivered: z.int(),
  opened: z.int(),
  clicked: z.int(),
  converted: z.int(),
  reasons: z
    .array(z.object({ reason: z.string(), count: z.int() }))
    .describe("why some were not sent, the most frequent first; provider = refused by whoever carries them"),
});
export type MessageCount = z.infer<typeof MessageCount>;

const KEYS = {
  sent: "sent",
  not_sent: "notSent",
  undelivered: "undelivered",
  delivered: "delivered",
  opened: "opened",
  clicked: "clicked",
  converted: "converted",
} as const satisfies Record<MessageOutcome, keyof MessageCount>;

/** By root node id, of the hours from `since` on, all time where it is null. By the primary key of message_traffic. */
export async function messageCounts(
  tx: Tx,
  workspace: WorkspaceId,
  journey: JourneyId,
  since: Date | null,
): Promise<Record<string, MessageCount>> {
  const hours = since === null ? sql`hour = '-infinity'` : sql`hour >= ${since}`;
  const rows = await tx.rows<{ step: StepId; outcome: string; reason: string; count: number }>(sql`
    SELECT step, outcome, reason, sum(count) AS count FROM message_traffic
    WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND ${hours} GROUP BY step, outcome, reason`);
  const nodes: Record<string, MessageCount> = {};
  const why: Record<string, Map<string, number>> = {};
  for (const { step, outcome, reason, count } of rows) {
    const known = MESSAGE_OUTCOMES.find((one) => one === outcome);
    if (!known) continue;
    const node = nodeOf(step);
    const counts = (nodes[node] ??= none());
    counts[KEYS[known]] += count;
    if (known !== "not_sent") continue;
    const reasons = (why[node] ??= new Map());
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  for (const [node, reasons] of Object.entries(why))
    nodes[node]?.reasons.push(
      ...[...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    );
  return nodes;
}

const none = (): MessageCount => ({
  sent: 0,
  notSent: 0,
  undelivered: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  converted: 0,
  reasons: [],
});
