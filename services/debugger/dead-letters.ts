import { z } from "zod";
import { page, pageInput } from "@/core/cursor";
import { laneOf, type WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { FIRST_UUID } from "@/core/uuid";
import { keyset, type Sql, sql, type Tx } from "@/platform/db";
import { can } from "../access/may";
import { useCase } from "../access/use-case";
import { requeue } from "../events/requeue";
import { wakingLanes } from "../events/wake-lanes";
import { hindranceSays, holdMessages, MOST, sendOnceMore } from "../messages/send-again";
import {
  DeadLetter,
  LETTER_STATES,
  letterFilter,
  lettersWhere,
  OPEN,
  REPLAYABLE,
  type Replayable,
  readLetters,
  SET_ASIDE,
} from "./letters";
import { MOST_AT_ONCE, manyLetters, manyWhere, recordedOf } from "./many-letters";

const KEYS = { at: { key: sql`d.at`, is: "instant" } } as const;

/** What could not be acted on, newest first unless asked: events refused at the door or in dispatch, messages that did not arrive. By dead_letter_at. */
export const listDeadLetters = useCase({
  may: "event.read",
  input: z.object({
    ...pageInput,
    ...letterFilter,
    state: z.enum(LETTER_STATES).optional().describe("open: nothing was done about it yet; set_aside: nobody means to"),
    order: z.enum(["asc", "desc"]).default("desc").describe("by when it came in"),
  }),
  says: "What could not be acted on, and why",
  output: z.object({ items: z.array(DeadLetter), next: z.string().nullable() }),
  async run({ tx, actor: { workspace }, now }, { cursor, limit, state, order, ...filter }) {
    const { by, beyond, place } = keyset({ sort: "at", order, cursor }, KEYS, sql`d.id`);
    const where = sql`${await lettersWhere(tx, workspace, filter, now)}
      ${beyond ? sql`AND ${beyond}` : sql``}
      ${state ? sql`AND ${IN_STATE[state]}` : sql``}`;
    const letters = await readLetters(tx, where, limit + 1, by);
    return ok(page(letters, limit, (letter) => place(letter.at, letter.id)));
  },
});

const IN_STATE = {
  open: OPEN,
  closed: sql`d.replayed_at IS NOT NULL`,
  set_aside: sql`d.set_aside_at IS NOT NULL AND d.replayed_at IS NULL`,
} satisfies Record<(typeof LETTER_STATES)[number], Sql>;

export const getDeadLetter = useCase({
  may: "event.read",
  input: z.object({ letter: z.uuid() }),
  says: "One letter: what was said, and why it could not be acted on",
  output: DeadLetter,
  async run({ tx, actor: { workspace } }, { letter }) {
    const [found] = await readLetters(tx, sql`d.workspace_id = ${workspace} AND d.id = ${letter}`, 1);
    return found ? ok(found) : refuse("not_found", "no such dead letter");
  },
});

/** Puts an event that dispatch could not judge into its member's queue again, or sends a message again that did not arrive, once. */
export const replayDeadLetter = useCase({
  may: "event.write",
  input: z.object({ letter: z.uuid() }),
  audit: "dead_letter.replayed",
  says: "Judge an event again that dispatch could not judge, or send a message again that did not arrive",
  async run({ tx, actor, now }, { letter }) {
    const { workspace } = actor;
    // Of a message that did not arrive its letter has the id.
    await holdMessages(tx, workspace, [letter]);
    const row = await tx.one<{
      kind: string;
      member: string | null;
      replayedAt: Date | null;
      asideAt: Date | null;
    }>(sql`
      SELECT kind, member_id AS member, replayed_at AS "replayedAt", set_aside_at AS "asideAt" FROM dead_letter WHERE workspace_id = ${workspace} AND id = ${letter} FOR UPDATE`);
    if (!row) return refuse("not_found", "no such dead letter");
    if (!row.member) return refuse("conflict", "it never became an event: correct it and send it again");
    if (row.replayedAt)
      return refuse("conflict", row.kind === "send" ? "it was sent again before" : "it was replayed before");
    if (row.asideAt) return refuse("conflict", SET_ASIDE);
    if (row.kind === "send") {
      if (!can(actor, "message.write")) return refuse("not_allowed", "this needs the permission message.write");
      const answer = await sendOnceMore(tx, workspace, { messages: [letter], evenInDoubt: false }, now);
      if (!answer) return refuse("not_found", "its message is gone: set the letter aside");
      const why = answer.left[0]?.why;
      return why ? refuse("conflict", hindranceSays[why]) : ok({ id: letter });
    }
    await replay(tx, workspace, sql`d.workspace_id = ${workspace} AND d.id = ${letter}`, 1, now);
    return ok({ id: letter });
  },
});

/** The same for many, oldest first, a thousand at a time: `left` tells how many are still to be asked for. */
export const replayDeadLetters = useCase({
  may: "event.write",
  input: z.strictObject(manyLetters),
  output: z.object({
    replayed: z.int(),
    left: z.int(),
    hindered: z
      .int()
      .describe("messages that may not go again, like those whose member withdrew their consent since; they stay open"),
  }),
  audit: "dead_letters.replayed",
  records: recordedOf,
  says: "Judge events again that dispatch could not judge, and send messages again that did not arrive, up to 1,000 at once",
  async run({ tx, actor, now }, input) {
    const { workspace } = actor;
    const which = await manyWhere(tx, workspace, input, now);
    const replayed = await replay(tx, workspace, which, MOST_AT_ONCE, now);
    const { sent, hindered } = can(actor, "message.write")
      ? await sendAll(tx, workspace, which, MOST_AT_ONCE - replayed, now)
      : { sent: 0, hindered: 0 };
    return ok({ replayed: replayed + sent, left: (await countOf(tx, which)).count, hindered });
  },
});

/** Beforehand: how many of what a filter finds can be judged again, and how many have to be corrected instead. */
export const countReplayable = useCase({
  may: "event.read",
  input: z.strictObject(manyLetters),
  output: z.object({ count: z.int(), others: z.int().describe("open, but never became an event: to be corrected") }),
  says: "How many of these letters can be judged again",
  async run({ tx, actor: { workspace }, now }, input) {
    return ok(await countOf(tx, await manyWhere(tx, workspace, input, now)));
  },
});

async function countOf(tx: Tx, which: Sql): Promise<{ count: number; others: number }> {
  const row = await tx.one<{ count: number; others: number }>(sql`
    SELECT count(*) FILTER (WHERE ${REPLAYABLE})::int AS count, count(*) FILTER (WHERE NOT (${REPLAYABLE}))::int AS others
    FROM dead_letter d WHERE ${which} AND ${OPEN}`);
  return row ?? { count: 0, others: 0 };
}

/** Locks what is replayable, marks it and queues it at its member's, or at whom that member was merged into. By dead_letter_open. */
async function replay(tx: Tx, workspace: WorkspaceId, which: Sql, limit: number, now: Date): Promise<number> {
  const rows = await tx.rows<Replayable>(sql`
    SELECT d.id, COALESCE(m.merged_into, m.id) AS member, d.payload
    FROM dead_letter d JOIN member m ON m.workspace_id = d.workspace_id AND m.id = d.member_id
    WHERE ${which} AND d.kind = 'event' AND ${REPLAYABLE} ORDER BY d.at, d.id LIMIT ${limit} FOR UPDATE OF d`);
  if (rows.length === 0) return 0;
  const queued = rows.map(({ member, payload }) => ({ lane: laneOf(workspace, member), member, event: payload }));
  requeue(tx, workspace, queued);
  tx.push(wakingLanes(queued.map(({ lane }) => lane)));
  return tx.run(sql`
    UPDATE dead_letter SET replayed_at = ${now} WHERE workspace_id = ${workspace} AND id = ANY(${rows.map(({ id }) => id)}::uuid[])`);
}

/** Letters that one call walks past, at most, in search of messages that may go. */
const LOOKS_AT = 10 * MOST_AT_ONCE;

/**
 * Sends messages again whose letters are open, the oldest that may go; their letters are closed with them. What may not go stays open and is walked
 * past, or it would stand before all others for good.
 */
async function sendAll(
  tx: Tx,
  workspace: WorkspaceId,
  which: Sql,
  limit: number,
  now: Date,
): Promise<{ sent: number; hindered: number }> {
  const all = { sent: 0, hindered: 0 };
  let last: { at: Date; id: string } | undefined;
  while (all.sent < limit && all.sent + all.hindered < LOOKS_AT) {
    const found: { at: Date; id: string }[] = await tx.rows(sql`
      SELECT d.at, d.id FROM dead_letter d
      WHERE ${which} AND d.kind = 'send' AND ${REPLAYABLE} AND (d.at, d.id) > (${last?.at ?? "-infinity"}::timestamptz, ${last?.id ?? FIRST_UUID}::uuid)
      ORDER BY d.at, d.id LIMIT ${Math.min(MOST, limit - all.sent)}`);
    last = found.at(-1);
    if (!last) break;
    const ids = found.map(({ id }) => id);
    await holdMessages(tx, workspace, ids);
    // Those that nobody dealt with meanwhile.
    const rows = await tx.rows<{ id: string }>(sql`
      SELECT d.id FROM dead_letter d WHERE d.workspace_id = ${workspace} AND d.id = ANY(${ids}::uuid[]) AND ${REPLAYABLE} ORDER BY d.at, d.id FOR UPDATE`);
    const messages = rows.map(({ id }) => id);
    if (messages.length === 0) continue;
    const sent = (await sendOnceMore(tx, workspace, { messages, evenInDoubt: false }, now))?.sent.length ?? 0;
    all.sent += sent;
    all.hindered += rows.length - sent;
  }
  return all;
}
