import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import type { InboxEvent } from "@/core/events/inbox-event";
import { laneOf, type MemberId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { sql } from "@/platform/db";
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
    const row = await tx.one<{
      kind: string;
      member: MemberId | null;
      payload: InboxEvent;
      replayedAt: Date | null;
    }>(sql`
      SELECT d.kind, COALESCE(m.merged_into, m.id) AS member, d.payload, d.replayed_at AS "replayedAt"
      FROM dead_letter d LEFT JOIN member m ON m.workspace_id = d.workspace_id AND m.id = d.member_id
      WHERE d.workspace_id = ${workspace} AND d.id = ${letter} FOR UPDATE OF d`);
    if (!row) return refuse("not_found", "no such dead letter");
    if (row.kind !== "event" || !row.member)
      return refuse("conflict", "it never became an event: send it again, mended, under the same messageId");
    if (row.replayedAt) return refuse("conflict", "it was replayed before");
    await requeue(tx, workspace, [{ lane: laneOf(workspace, row.member), member: row.member, event: row.payload }]);
    await tx.run(sql`UPDATE dead_letter SET replayed_at = ${now} WHERE workspace_id = ${workspace} AND id = ${letter}`);
    return ok({ id: letter });
  },
});
