import { z } from "zod";
import type { InboxEvent } from "@/core/events/inbox-event";
import { CAUSES, type Cause, sayCause } from "@/core/events/letter-cause";
import { isMessageType, type MessageType } from "@/core/events/normalise";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { asObject } from "@/core/objects";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { Words } from "@/core/words";
import { join, type Sql, sql, type Tx } from "@/platform/db";
import { CALLED } from "../members/called";
import { membersFound } from "../members/member-search";
import { periodInput, spanOf } from "../workspaces/period";
import { LetterSender, sendersOf } from "./sender-of";

export const LETTER_STATES = ["open", "closed", "set_aside"] as const;

export const LETTER_KINDS = ["event", "send"] as const;

/** What letters are looked for by: the list, its count and what is done to many at once take the same. */
export const letterFilter = {
  kind: z.enum(LETTER_KINDS).optional().describe("an event that could not be used, or a message that did not arrive"),
  cause: z.enum(CAUSES).optional(),
  name: z.string().max(200).optional().describe("the event's"),
  q: z
    .string()
    .trim()
    .max(120)
    .optional()
    .describe("a member, or any words of the event: an order number, a message id"),
  ...periodInput,
};
export type LetterFilter = z.infer<z.ZodObject<typeof letterFilter>>;

export const DeadLetter = z.object({
  id: z.string(),
  kind: z.enum(LETTER_KINDS).describe("send: `id` is the message's"),
  cause: z
    .enum(CAUSES)
    .nullable()
    .describe("null: kept before causes were told apart; `says` has what was written then"),
  facts: z
    .record(z.string(), z.string())
    .describe("what the cause is about: the event, the property's path, what was wanted"),
  says: Words,
  reason: z.string().describe("`says` in English"),
  name: z.string().nullable().describe("the event's"),
  messageId: z.string().nullable(),
  order: z.string().nullable().describe("the order's number, where it names one"),
  sender: LetterSender.nullable().describe("whose it is, as it says itself; null: it names nobody"),
  member: z.string().nullable().describe("whose event it became; null: it never became one"),
  memberName: z.string().nullable(),
  payload: z.unknown(),
  at: Instant,
  replayedAt: Instant.nullable().describe(
    "when it was judged again, sent again corrected, or, of a message, sent again",
  ),
  correctedAs: z.string().nullable().describe("the event that was sent in its place"),
  setAside: z
    .object({ at: Instant, why: z.string(), by: z.string().nullable().describe("a person's name; null for a key") })
    .nullable()
    .describe("nobody means to act on it; it can be taken back"),
  mayJudge: z
    .boolean()
    .describe("it was accepted, and can be judged again as it is; of a message: it can be sent again"),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/** Nothing was done about it yet. By dead_letter_open. */
export const OPEN = sql`d.replayed_at IS NULL AND d.set_aside_at IS NULL`;
export const SET_ASIDE = { en: "it was set aside: take it back first", "zh-CN": "它已被搁置：请先取回" };
/** A message that did not arrive, or an event that was accepted and could not be judged: it can be again. */
export const REPLAYABLE = sql`d.member_id IS NOT NULL AND ${OPEN}`;

export async function lettersWhere(tx: Tx, workspace: WorkspaceId, filter: LetterFilter, now: Date): Promise<Sql> {
  const { kind, cause, name, q } = filter;
  const where = [sql`d.workspace_id = ${workspace}`];
  if (kind) where.push(sql`d.kind = ${kind}`);
  if (cause) where.push(sql`d.cause = ${cause}`);
  if (name) where.push(sql`d.name = ${name}`);
  if (q)
    where.push(
      sql`(strpos(lower(d.payload::text), lower(${q}::text)) > 0 OR d.member_id IN ${await membersFound(tx, workspace, q)})`,
    );
  const { since, until } = await spanOf(tx, workspace, filter, now);
  if (since) where.push(sql`d.at >= ${since}`);
  if (until) where.push(sql`d.at < ${until}`);
  return join(where, " AND ");
}

type Row = Omit<DeadLetter, "says" | "reason" | "sender" | "mayJudge" | "setAside"> & {
  workspace: WorkspaceId;
  reason: string | null;
  payload: Payload;
  asideAt: Date | null;
  asideWhy: string | null;
  asideBy: string | null;
};
/** At the door: what was said, and by whom. In dispatch: the inbox's event. */
type Payload = Partial<InboxEvent> & { said?: unknown; isTrusted?: boolean; type?: string };

export async function readLetters(
  tx: Tx,
  where: Sql,
  limit: number,
  by: Sql = sql`d.at DESC, d.id DESC`,
): Promise<DeadLetter[]> {
  const rows = await tx.rows<Row>(sql`
    SELECT d.workspace_id AS workspace, d.id, d.message_id AS "messageId", d.order_number AS "order", d.kind, d.cause, d.facts, d.reason, d.name, d.member_id AS member, ${CALLED} AS "memberName", d.payload, d.at,
      d.replayed_at AS "replayedAt", d.corrected_as AS "correctedAs", d.set_aside_at AS "asideAt", d.set_aside_why AS "asideWhy", u.name AS "asideBy"
    FROM dead_letter d LEFT JOIN member m ON m.workspace_id = d.workspace_id AND m.id = d.member_id
    LEFT JOIN "user" u ON d.set_aside_by = 'user:' || u.id
    WHERE ${where} ORDER BY ${by} LIMIT ${limit}`);
  const [first] = rows;
  const senders = first
    ? await sendersOf(
        tx,
        first.workspace,
        rows.map(({ payload }) => (payload.said === undefined ? payload : asObject(payload.said))),
      )
    : [];
  return rows.map(({ workspace: _, reason, asideAt, asideWhy, asideBy, ...row }, i) => {
    const says = saysOf(row, reason);
    return {
      ...row,
      says,
      reason: says.en,
      sender: senders[i] ?? null,
      setAside: asideAt && { at: asideAt, why: asideWhy ?? "", by: asideBy },
      mayJudge: row.member !== null && row.replayedAt === null && asideAt === null,
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

export type Replayable = { id: string; member: MemberId; payload: InboxEvent };
