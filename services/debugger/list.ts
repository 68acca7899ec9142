import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { UNTAKEN_CODES } from "@/core/members/untaken";
import { ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { Words } from "@/core/words";
import { join, type Sql, sql, type Tx } from "@/platform/db";
import { memberMeant } from "../access/survivor";
import { useCase } from "../access/use-case";
import { CALLED } from "../members/called";
import { membersFound } from "../members/member-search";
import { inSpan } from "../workspaces/in-span";
import { periodInput, spanOf } from "../workspaces/period";
import { warningsOf } from "./warnings-of";

const EventLine = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  messageId: z.string(),
  member: z.string(),
  memberName: z.string().nullable(),
  properties: z.record(z.string(), z.unknown()),
  context: z.record(z.string(), z.unknown()),
  occurredAt: Instant,
  acceptedAt: Instant,
  isHistorical: z.boolean(),
  warnings: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), says: Words, code: z.enum(UNTAKEN_CODES) }))
    .describe("what the event said that was not taken, and what would have been right"),
});
export type EventLine = z.infer<typeof EventLine>;

const ListEvents = z.object({
  ...pageInput,
  name: z.string().max(200).optional(),
  member: z.uuid().optional(),
  q: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe("an order number or message id; or a member's name, phone, email, card or number"),
  ...periodInput,
  order: z.enum(["asc", "desc"]).default("desc").describe("by when it was accepted"),
});

/** The events accepted last, newest first unless asked. Ids are made in the order of arrival, so the primary key is the order. */
export const listEvents = useCase({
  may: "event.read",
  input: ListEvents,
  output: z.object({ items: z.array(EventLine), next: z.string().nullable() }),
  says: "Events accepted last",
  async run({ tx, actor: { workspace }, now }, { cursor, limit, name, member, q, order, ...period }) {
    const [before] = fromCursor(cursor) ?? [];
    const conditions = [sql`e.workspace_id = ${workspace}`];
    if (typeof before === "string" && isUuid(before))
      conditions.push(order === "asc" ? sql`e.id > ${before}::uuid` : sql`e.id < ${before}::uuid`);
    if (name !== undefined) conditions.push(sql`e.name = ${name}`);
    if (member !== undefined) conditions.push(sql`e.member_id = ${await memberMeant(tx, workspace, member)}`);
    if (q) conditions.push(await found(tx, workspace, q));
    conditions.push(...inSpan(await spanOf(tx, workspace, period, now), { at: sql`e.accepted_at`, id: sql`e.id` }));
    const lines = await read(
      tx,
      workspace,
      join(conditions, " AND "),
      limit + 1,
      order === "asc" ? sql`e.id` : sql`e.id DESC`,
    );
    return ok(page(lines, limit, ({ id }) => [id]));
  },
});

/**
 * What somebody typed as a condition over `e`. A message id and an order's whole number are found by event_key and member_order_number, and
 * then no member is searched for: of an order all that its member's events say of it.
 */
async function found(tx: Tx, workspace: WorkspaceId, typed: string): Promise<Sql> {
  const numbered = await tx.rows<{ event: string | null; member: string | null }>(sql`
    SELECT event_id AS event, NULL::uuid AS member FROM event_key WHERE workspace_id = ${workspace} AND message_id = ${typed}
    UNION SELECT NULL, member_id FROM member_order WHERE workspace_id = ${workspace} AND order_id = ${typed}
    LIMIT 200`);
  if (numbered.length === 0) return sql`e.member_id IN ${await membersFound(tx, workspace, typed)}`;
  const events = numbered.flatMap(({ event }) => event ?? []);
  const members = numbered.flatMap(({ member }) => member ?? []);
  return sql`(e.id = ANY(${events}::uuid[]) OR (e.member_id = ANY(${members}::uuid[]) AND e.properties ->> 'order_id' = ${typed}))`;
}

export const getEvent = useCase({
  may: "event.read",
  input: z.object({ event: z.uuid() }),
  output: EventLine,
  says: "One accepted event",
  async run({ tx, actor: { workspace } }, { event }) {
    const [found] = await read(tx, workspace, sql`e.workspace_id = ${workspace} AND e.id = ${event}`, 1);
    return found ? ok(found) : refuse("not_found", "no such event");
  },
});

async function read(
  tx: Tx,
  workspace: WorkspaceId,
  where: Sql,
  limit: number,
  by: Sql = sql`e.id DESC`,
): Promise<EventLine[]> {
  const rows = await tx.rows<Omit<EventLine, "warnings">>(sql`
    SELECT e.id, e.type, e.name, e.message_id AS "messageId", e.member_id AS member, ${CALLED} AS "memberName",
      e.properties, e.context, e.occurred_at AS "occurredAt", e.accepted_at AS "acceptedAt", e.is_historical AS "isHistorical"
    FROM event e JOIN member m ON m.workspace_id = e.workspace_id AND m.id = e.member_id
    WHERE ${where} ORDER BY ${by} LIMIT ${limit}`);
  const warnings = await warningsOf(tx, workspace, rows);
  return rows.map((row, i) => ({ ...row, warnings: warnings[i] ?? [] }));
}
