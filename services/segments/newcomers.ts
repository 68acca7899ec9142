import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { SegmentMember } from "./members";

/** Those found in while the segment was built came in at that moment, as far as it knows. */
export const segmentNewcomers = useCase({
  may: "segment.read",
  input: z.object({ segment: z.uuid(), limit: z.coerce.number().int().min(1).max(100).default(8) }),
  output: z.object({ items: z.array(SegmentMember) }),
  says: "Who came into a segment lately, newest first",
  async run({ tx, actor: { workspace } }, { segment, limit }) {
    const known = await tx.one(
      sql`SELECT 1 FROM segment WHERE workspace_id = ${workspace} AND id = ${segment} AND state <> 'deleted'`,
    );
    if (!known) return refuse("not_found", "no such segment");
    // By segment_member_newest.
    const items = await tx.rows<z.infer<typeof SegmentMember>>(sql`
      SELECT m.id, m.name, m.tier, s.changed_at AS since FROM segment_member s
      JOIN member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
      WHERE s.workspace_id = ${workspace} AND s.segment_id = ${segment} AND s.is_in
      ORDER BY s.changed_at DESC LIMIT ${limit}`);
    return ok({ items });
  },
});
