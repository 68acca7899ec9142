import { z } from "zod";
import { fromCursor, page, pageInput } from "@/core/cursor";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";

const Line = z.object({
  id: z.string(),
  sequence: z.int(),
  kind: z.enum(["earn", "spend", "expire", "merge"]),
  points: z.int().describe("negative when taken"),
  balance: z.int().describe("after this line"),
  lot: z.string().nullable(),
  lastDay: z.string().nullable(),
  reason: z.string(),
  run: z.string().nullable(),
  step: z.string().nullable(),
  at: Instant,
});
type Line = z.infer<typeof Line>;

export const listPointsEntries = useCase({
  may: "points.read",
  input: z.object({ ...pageInput, member: z.uuid() }),
  output: z.object({ items: z.array(Line), next: z.string().nullable() }),
  says: "A member's points statement, newest first",
  async run({ tx, actor: { workspace } }, { member, cursor, limit }) {
    if (!(await tx.one(sql`SELECT id FROM member WHERE workspace_id = ${workspace} AND id = ${member}`)))
      return refuse("not_found", "no such member", ["member"]);
    const before = fromCursor(cursor)?.[0];
    const rows = await tx.rows<Line>(sql`
      SELECT e.id, e.sequence, e.kind, e.points, e.balance, e.lot_id AS lot, l.last_day AS "lastDay", e.reason, e.run_id AS run, e.step, e.at
      FROM points_entry e LEFT JOIN points_lot l ON l.workspace_id = e.workspace_id AND l.id = e.lot_id
      WHERE e.workspace_id = ${workspace} AND e.member_id = ${member} AND e.sequence < ${Number.isInteger(before) ? before : 2_147_483_647}::int
      ORDER BY e.sequence DESC
      LIMIT ${limit + 1}`);
    return ok(page(rows, limit, (line) => [line.sequence]));
  },
});
