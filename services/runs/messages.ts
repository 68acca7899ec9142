import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import type { JourneyNode } from "@/core/journey/document";
import { CHANNELS } from "@/core/message/channel";
import { ok, refuse } from "@/core/refusals";
import { join, type Sql, sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { CALLED } from "../members/called";
import { BARRED_AS } from "../messages/barred-as";
import { inOrder } from "./in-order";
import { MESSAGE_STATES, messageFilter, messagesWhere } from "./message-filter";
import { NamedStep, NODE, nodeAt, withName } from "./named-step";

export const MessageLine = z.object({
  id: z.string(),
  member: z.string(),
  memberName: z.string().nullable(),
  channel: z.enum(CHANNELS),
  purpose: z.string(),
  state: z.enum(MESSAGE_STATES),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  provider: z.string().nullable(),
  journey: z.string().nullable(),
  journeyName: z.string().nullable(),
  run: z.string().nullable(),
  step: z.string().nullable(),
  ...NamedStep.shape,
  node: NamedStep.shape.node.nullable().describe("of the journey's drawing, which sent it; null = none did"),
  attempts: z.int(),
  queuedAt: Instant,
  claimedAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  openedAt: Instant.nullable(),
  clickedAt: Instant.nullable(),
});
export type MessageLine = z.infer<typeof MessageLine>;
export const MessageView = MessageLine.extend({
  rendered: z.record(z.string(), z.unknown()).nullable().describe("as it was handed to the provider"),
  ref: z.string().nullable().describe("the provider's own number"),
  expiresAt: Instant,
  category: z.string().nullable(),
  heldUntil: Instant.nullable().describe(
    "waits until then, for the reason given; null = it does not, or until its journey goes on",
  ),
  parts: z.int().describe("billed units"),
  cost: z.int().describe("minor units; 0 once it certainly did not go"),
  entry: z
    .object({ id: z.string().nullable(), name: z.string(), at: z.number() })
    .nullable()
    .describe("the event that let the member into the journey: why this person"),
  consent: z
    .object({ isGranted: z.boolean(), source: z.string(), at: Instant })
    .nullable()
    .describe("what the member says today of marketing by this channel"),
  suppressed: z.string().nullable().describe("why nothing more goes to this address; null = something may"),
  againOf: z.string().nullable().describe("the message that failed, and that this one says again"),
  again: z.string().nullable().describe("the message by which this one was said again"),
});

export type MessageView = z.infer<typeof MessageView>;

const COLUMNS = sql`
  g.id, g.member_id AS member, ${CALLED} AS "memberName", g.channel, g.purpose, g.state, g.reason, g.address, g.provider, g.journey_id AS journey, j.name AS "journeyName",
  g.run_id AS run, g.step, ${NODE}, g.attempts, g.queued_at AS "queuedAt", g.claimed_at AS "claimedAt", g.accepted_at AS "acceptedAt", g.delivered_at AS "deliveredAt",
  g.opened_at AS "openedAt", g.clicked_at AS "clickedAt"`;

type Row<T extends MessageLine> = Omit<T, "nodeSays"> & { config: JourneyNode["config"] | null };

/** Messages by a condition over `g`, in the order given. The node is looked up in the drawing that sent it. */
const read = <T extends MessageLine>(
  tx: Tx,
  workspace: WorkspaceId,
  columns: Sql,
  where: Sql,
  order: Sql,
  limit: number,
): Promise<Row<T>[]> =>
  tx.rows(sql`
  SELECT ${columns}
  FROM (SELECT * FROM message g WHERE g.workspace_id = ${workspace} AND ${where} ORDER BY ${order} LIMIT ${limit}) AS g
  JOIN member m ON m.workspace_id = g.workspace_id AND m.id = g.member_id
  LEFT JOIN journey j ON j.workspace_id = g.workspace_id AND j.id = g.journey_id
  LEFT JOIN plan p ON p.workspace_id = g.workspace_id AND p.id = g.plan_id
  ${nodeAt(sql`g.step`)}
  ORDER BY ${order}`);

const ListMessages = z.object({
  ...pageInput,
  ...messageFilter,
  order: z.enum(["asc", "desc"]).default("desc").describe("by when it was queued"),
});

/** Messages, the newest first unless asked. Of one member by their own index; else by id, which is made when it is queued. */
export const listMessages = useCase({
  may: "message.read",
  input: ListMessages,
  output: z.object({ items: z.array(MessageLine), next: z.string().nullable() }),
  says: "Messages by member, run, journey, node, channel, state, what came of them, reason, time and words, newest first",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, order, ...filter }) {
    const where = await messagesWhere(tx, workspace, filter, now);
    const isNarrow = filter.member !== undefined || filter.q !== undefined;
    const { by, beyond } = inOrder({ order, cursor }, isNarrow, { at: sql`g.queued_at`, id: sql`g.id` });
    if (beyond) where.push(beyond);
    const rows = await read<MessageLine>(tx, workspace, COLUMNS, join(where, " AND "), by, limit + 1);
    return ok(page(rows.map(withName), limit, (message) => [message.queuedAt.getTime(), message.id]));
  },
});

export const getMessage = useCase({
  may: "message.read",
  input: z.object({ message: z.uuid() }),
  output: MessageView,
  says: "One message as it was sent, and what came of it",
  async run({ tx, actor: { workspace } }, { message }) {
    const [found] = await read<MessageView>(
      tx,
      workspace,
      sql`${COLUMNS}, g.rendered, g.ref, g.expires_at AS "expiresAt", g.category, g.parts, g.cost,
        g.again_of AS "againOf", (SELECT a.id FROM message a WHERE a.again_of = g.id AND a.workspace_id = g.workspace_id) AS again,
        CASE WHEN g.is_held AND g.not_before < 'infinity' THEN g.not_before END AS "heldUntil",
        (SELECT jsonb_build_object('id', r.entry_event ->> 'id', 'name', r.entry_event ->> 'name', 'at', (r.entry_event ->> 'occurredAt')::float8)
         FROM run r WHERE r.workspace_id = g.workspace_id AND r.id = g.run_id AND r.entry_event ? 'name' AND r.entry_event ? 'occurredAt') AS entry,
        (SELECT jsonb_build_object('isGranted', c.is_granted, 'source', c.source, 'at', c.at)
         FROM consent c WHERE c.workspace_id = g.workspace_id AND c.member_id = g.member_id AND c.channel = g.channel AND c.purpose = 'marketing') AS consent,
        (SELECT s.reason FROM suppression s WHERE s.workspace_id = g.workspace_id AND s.channel = g.channel AND s.address = ${BARRED_AS}) AS suppressed`,
      sql`g.id = ${message}`,
      sql`g.id`,
      1,
    );
    return found ? ok(withName(found)) : refuse("not_found", "no such message");
  },
});
