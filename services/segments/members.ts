import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { isUuid } from "@/core/uuid";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";

export const SegmentMember = z.object({
  id: z.string(),
  name: z.string().nullable(),
  tier: z.string(),
  since: Instant.describe("when the member came in, or was found in when the segment was made"),
});

export const segmentMembers = useCase({
  may: "segment.read",
  input: z.object({ segment: z.uuid(), ...pageInput }),
  output: z.object({ items: z.array(SegmentMember), next: z.string().nullable() }),
  says: "Who is in a segment, as it is kept",
  async run({ tx, actor: { workspace } }, { segment, cursor, limit }) {
    const known = await tx.one(
      sql`SELECT 1 FROM segment WHERE workspace_id = ${workspace} AND id = ${segment} AND state <> 'deleted'`,
    );
    if (!known) return refuse("not_found", "no such segment");
    const after = String(fromCursor(cursor)?.[0] ?? "");
    // By segment_member_in.
    const rows = await tx.rows<z.infer<typeof SegmentMember>>(sql`
      SELECT m.id, m.name, m.tier, s.changed_at AS since FROM segment_member s
      JOIN member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
      WHERE s.workspace_id = ${workspace} AND s.segment_id = ${segment} AND s.is_in AND ${isUuid(after) ? sql`s.member_id > ${after}` : sql`true`}
      ORDER BY s.member_id LIMIT ${limit + 1}`);
    return ok(page(rows, limit, (row) => [row.id]));
  },
});
