import { z } from "zod";
import type { InboxEvent } from "@/core/events/inbox-event";
import { CAUSES, type Cause, sayCause } from "@/core/events/letter-cause";
import { isMessageType, type MessageType } from "@/core/events/normalise";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { dayPlus, startOfDay } from "@/core/time/day";
import { join, type Sql, sql, type Tx } from "@/platform/db";
import { membersFound } from "../members/member-search";

export const LETTER_STATES = ["open", "closed"] as const;
const Day = z.iso.date("should be a day like 2026-11-28").optional();

/** What letters are looked for by: the list, its count and what is done to many at once take the same. */
export const letterFilter = {
  cause: z.enum(CAUSES).optional(),
  name: z.string().max(200).optional().describe("the event's"),
  q: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe("a member, or any words of the event: an order number, a message id"),
  from: Day.describe("the first day, on the workspace's clocks"),
  to: Day.describe("the last day, the whole of it"),
};
export type LetterFilter = z.infer<z.ZodObject<typeof letterFilter>>;

export const DeadLetter = z.object({
  id: z.string(),
  kind: z.enum(["event", "send"]),
  cause: z
    .enum(CAUSES)
    .nullable()
    .describe("null: kept before causes were told apart; `says` has what was written then"),
  facts: z
    .record(z.string(), z.string())
    .describe("what the cause is about: the event, the property's path, what was wanted"),
  says: z.object({ en: z.string(), "zh-CN": z.string() }),
  reason: z.string().describe("`says` in English"),
  name: z.string().nullable().describe("the event's"),
  messageId: z.string().nullable(),
  member: z.string().nullable(),
  memberName: z.string().nullable(),
  payload: z.unknown(),
  at: Instant,
  replayedAt: Instant.nullable().describe("when it was judged again, or sent again corrected"),
  correctedAs: z.string().nullable().describe("the event that was sent in its place"),
  mayJudge: z.boolean().describe("it was accepted, and can be judged again as it is"),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/** An event that was accepted and could not be judged: it can be again. By dead_letter_open. */
export const REPLAYABLE = sql`d.kind = 'event' AND d.member_id IS NOT NULL AND d.replayed_at IS NULL`;

export async function lettersWhere(tx: Tx, workspace: WorkspaceId, filter: LetterFilter): Promise<Sql> {
  const { cause, name, q, from, to } = filter;
  const where = [sql`d.workspace_id = ${workspace}`];
  if (cause) where.push(sql`d.cause = ${cause}`);
  if (name) where.push(sql`d.name = ${name}`);
  if (q)
    where.push(
      sql`(strpos(lower(d.payload::text), lower(${q}::text)) > 0 OR d.member_id IN ${await membersFound(tx, workspace, q)})`,
    );
  if (from || to) {
    const home = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
    const midnight = (day: string, days: number) => new Date(startOfDay(dayPlus(day, days), home?.zone ?? "UTC"));
    if (from) where.push(sql`d.at >= ${midnight(from, 0)}`);
    if (to) where.push(sql`d.at < ${midnight(to, 1)}`);
  }
  return join(where, " AND ");
}

type Row = Omit<DeadLetter, "says" | "reason" | "messageId" | "mayJudge"> & { reason: string | null; payload: Payload };
/** At the door: what was said, and by whom. In dispatch: the inbox's event. */
type Payload = Partial<InboxEvent> & { said?: unknown; isTrusted?: boolean; type?: string };

export async function readLetters(tx: Tx, where: Sql, limit: number): Promise<DeadLetter[]> {
  const rows = await tx.rows<Row>(sql`
    SELECT d.id, d.kind, d.cause, d.facts, d.reason, d.name, d.member_id AS member, m.name AS "memberName", d.payload, d.at,
      d.replayed_at AS "replayedAt", d.corrected_as AS "correctedAs"
    FROM dead_letter d LEFT JOIN member m ON m.workspace_id = d.workspace_id AND m.id = d.member_id
    WHERE ${where} ORDER BY d.at DESC, d.id DESC LIMIT ${limit}`);
  return rows.map(({ reason, ...row }) => {
    const says = saysOf(row, reason);
    return {
      ...row,
      says,
      reason: says.en,
      messageId: typeof row.payload.messageId === "string" ? row.payload.messageId : null,
      mayJudge: row.kind === "event" && row.member !== null && row.replayedAt === null,
    };
  });
}

function saysOf({ cause, facts }: Pick<Row, "cause" | "facts">, reason: string | null) {
  if (cause !== null) return sayCause({ code: cause, facts } satisfies Cause);
  return { en: reason ?? "", "zh-CN": reason ?? "" };
}

/** What a corrected event takes over from the letter: how it was said and with which trust, and the id under which it can act only once. */
export type Origin = { type: MessageType; isTrusted: boolean; messageId: string; said: Record<string, unknown> };

/** `context`: of an event that was accepted, whose letter holds only what dispatch needs. */
export function originOf(letter: DeadLetter, context?: Record<string, unknown>): Outcome<Origin> {
  const payload = letter.payload as Payload;
  const { isTrusted = false } = payload;
  if (letter.member === null) {
    const said = asObject(payload.said);
    const type = isMessageType(payload.type) ? payload.type : isMessageType(said.type) ? said.type : "track";
    // Its own id is another event's already where it was used before.
    const messageId = letter.cause === "message_id_reused" ? null : letter.messageId;
    return ok({ type, isTrusted, messageId: messageId ?? `letter ${letter.id}`, said });
  }
  const { type, name, properties, traits, occurredAt, isHistorical, userId, anonymousId } = payload;
  if (!isMessageType(type)) return refuse("conflict", "our own ledgers told it: mend the cause and judge it again");
  if (userId === undefined && anonymousId === undefined)
    return refuse(
      "conflict",
      "it names its member neither by userId nor by anonymousId: mend the cause and judge it again",
    );
  const said = {
    type,
    ...(type === "track" && { event: name }),
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
    ...(type === "alias" && { previousId: properties?.previous_id }),
    ...(type === "group" && { groupId: properties?.group_id }),
    ...(occurredAt !== undefined && { timestamp: new Date(occurredAt).toISOString() }),
    properties: properties ?? {},
    ...(isHistorical && { historical: true }),
    // A group's own traits became its properties.
    ...(type === "group" ? { traits: properties } : traits && { traits }),
    ...(context && { context }),
  };
  return ok({ type, isTrusted, messageId: `letter ${letter.id}`, said });
}

export const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export type Replayable = { id: string; member: MemberId; payload: InboxEvent };
