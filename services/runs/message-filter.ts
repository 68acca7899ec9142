import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { InstantText } from "@/core/instant";
import { CHANNELS } from "@/core/message/channel";
import { isUuid } from "@/core/uuid";
import { type Sql, sql, type Tx } from "@/platform/db";
import { memberMeant } from "../access/survivor";
import { membersFound } from "../members/member-search";
import { CAME, NODE_OF } from "../messages/came";
import { MESSAGE_OUTCOMES } from "../messages/traffic";
import { inSpan } from "../workspaces/in-span";
import { periodInput, spanOf } from "../workspaces/period";
import { plansOf, Version } from "./run-filter";

export const MESSAGE_STATES = ["queued", "claimed", "accepted", "delivered", "failed", "unknown", "skipped"] as const;

/** What messages are looked for by: the list and the reasons to choose from take the same. The time is when they were queued. */
export const messageFilter = {
  member: z.uuid().optional(),
  run: z.uuid().optional(),
  journey: z.uuid().optional(),
  version: Version.optional().describe("of the journey"),
  node: z.string().max(64).optional().describe("a node of that journey's drawing which sent them"),
  channel: z.enum(CHANNELS).optional(),
  state: z.enum(MESSAGE_STATES).optional(),
  came: z.enum(MESSAGE_OUTCOMES).optional().describe("what came of them, as the journey's numbers count it"),
  since: InstantText.optional().describe("which happened then or later; goes with `came`"),
  reason: z.string().trim().min(1).max(200).optional().describe("why it failed or was not sent, its first 200 letters"),
  ...periodInput,
  q: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe("a member's name, phone, email, card or number, or the message's own"),
};
type MessageFilter = z.infer<z.ZodObject<typeof messageFilter>>;

/** Conditions over `g`, at least one. */
export async function messagesWhere(tx: Tx, workspace: WorkspaceId, filter: MessageFilter, now: Date): Promise<Sql[]> {
  const { member, run, journey, version, node, channel, state, came, since, reason, q } = filter;
  const where: Sql[] = [sql`true`];
  if (member) where.push(sql`g.member_id = ${await memberMeant(tx, workspace, member)}`);
  if (run) where.push(sql`g.run_id = ${run}`);
  if (journey) where.push(sql`g.journey_id = ${journey} AND g.journey_id IS NOT NULL`);
  if (node) where.push(sql`${NODE_OF} = ${node}`);
  if (version !== undefined) where.push(sql`g.plan_id IN ${plansOf(workspace, version, journey)}`);
  if (channel) where.push(sql`g.channel = ${channel}`);
  if (state) where.push(sql`g.state = ${state}`);
  if (came) where.push(CAME[came].is);
  if (came && since) where.push(sql`${CAME[came].at} >= ${new Date(since)}`);
  if (reason) where.push(sql`left(g.reason, 200) = ${reason}`);
  where.push(...inSpan(await spanOf(tx, workspace, filter, now), { at: sql`g.queued_at`, id: sql`g.id` }));
  if (q) where.push(sql`(g.member_id IN ${await membersFound(tx, workspace, q)} OR g.id = ${isUuid(q) ? q : null})`);
  return where;
}
