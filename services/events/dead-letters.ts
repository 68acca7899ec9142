import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId, type WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { type Sql, sql, type Tx } from "@/platform/db";
import { useCase } from "../access/use-case";
import { requeue } from "./requeue";

const KINDS = ["event", "send"] as const;
const DeadLetter = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  reason: z.string(),
  member: z.string().nullable(),
  payload: z.unknown(),
  at: Instant,
  replayedAt: Instant.nullable(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/** What could not be acted on, newest first: events refused at the door or in dispatch, and sends. */
export const listDeadLetters = useCase({
  may: "event.read",
  input: z.object({ ...pageInput, kind: z.enum(KINDS).optional() }),
  says: "What could not be acted on, and why",
  output: z.object({ items: z.array(DeadLetter), next: z.string().nullable() }),
  async run({ tx, actor: { workspace } }, { cursor, limit, kind }) {
    const [at, id] = fromCursor(cursor) ?? [];
    const after =
      typeof at === "number" && Number.isSafeInteger(at) && Math.abs(at) < 8e15 && typeof id === "string" && isUuid(id)
        ? { at: new Date(at), id }
        : undefined;
    const rows = await tx.rows<DeadLetter>(sql`
      SELECT id, kind, reason, member_id AS member, payload, at, replayed_at AS "replayedAt" FROM dead_letter
      WHERE workspace_id = ${workspace} AND (${kind ?? null}::text IS NULL OR kind = ${kind ?? null})
        AND (${after?.at ?? null}::timestamptz IS NULL OR (at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      ORDER BY at DESC, id DESC LIMIT ${limit + 1}`);
    return ok(page(rows, limit, (letter) => [letter.at.getTime(), letter.id]));
  },
});

/** Puts an event that dispatch could not judge into its member's queue again, once. */
export const replayDeadLetter = useCase({
  may: "event.write",
  input: z.object({ letter: z.uuid() }),
  audit: "dead_letter.replayed",
  says: "Judge an event again that dispatch could not judge",
  async run({ tx, actor: { workspace }, now }, { letter }) {
    const row = await tx.one<{ kind: string; member: MemberId | null; replayedAt: Date | null }>(sql`
      SELECT kind, member_id AS member, replayed_at AS "replayedAt" FROM dead_letter WHERE workspace_id = ${workspace} AND id = ${letter} FOR UPDATE`);
    if (!row) return refuse("not_found", "no such dead letter");
    if (row.kind !== "event" || !row.member)
      return refuse("conflict", "it never became an event: send it again, mended, under the same messageId");
    if (row.replayedAt) return refuse("conflict", "it was replayed before");
    await replay(tx, workspace, sql`d.id = ${letter}`, 1, now);
    return ok({ id: letter });
  },
});

const MOST = 1000;

/** The same for all that one reason buried, oldest first, a thousand at a time: `left` tells how many are still to be asked for. */
export const replayDeadLetters = useCase({
  may: "event.write",
  input: z.strictObject({
    reason: z.string().min(1).max(1000).optional().describe("exactly as listed; absent = whatever the reason"),
    before: z.iso.datetime({ offset: true }).optional().describe("only what was buried before"),
  }),
  output: z.object({ replayed: z.int(), left: z.int() }),
  audit: "dead_letters.replayed",
  says: "Judge events again that dispatch could not judge, up to 1,000 of one reason",
  async run({ tx, actor: { workspace }, now }, { reason, before }) {
    const which = sql`
      (${reason ?? null}::text IS NULL OR d.reason = ${reason ?? null}) AND (${before ?? null}::timestamptz IS NULL OR d.at < ${before ?? null})`;
    const replayed = await replay(tx, workspace, which, MOST, now);
    const row = await tx.one<{ left: number }>(sql`
      SELECT count(*)::int AS left FROM dead_letter d WHERE d.workspace_id = ${workspace} AND ${REPLAYABLE} AND ${which}`);
    return ok({ replayed, left: row?.left ?? 0 });
  },
});

const REPLAYABLE = sql`d.kind = 'event' AND d.member_id IS NOT NULL AND d.replayed_at IS NULL`;

/** Locks what is replayable, marks it and queues it at its member's, or at whom that member was merged into. By dead_letter_open. */
async function replay(tx: Tx, workspace: WorkspaceId, which: Sql, limit: number, now: Date): Promise<number> {
  const rows = await tx.rows<{ id: string; member: MemberId; payload: InboxEvent }>(sql`
    SELECT d.id, COALESCE(m.merged_into, m.id) AS member, d.payload
    FROM dead_letter d JOIN member m ON m.workspace_id = d.workspace_id AND m.id = d.member_id
    WHERE d.workspace_id = ${workspace} AND ${REPLAYABLE} AND ${which} ORDER BY d.at, d.id LIMIT ${limit} FOR UPDATE OF d`);
  if (rows.length === 0) return 0;
  await requeue(
    tx,
    workspace,
    rows.map(({ member, payload }) => ({ lane: laneOf(workspace, member), member, event: payload })),
  );
  return tx.run(sql`
    UPDATE dead_letter SET replayed_at = ${now} WHERE workspace_id = ${workspace} AND id = ANY(${rows.map(({ id }) => id)}::uuid[])`);
}
