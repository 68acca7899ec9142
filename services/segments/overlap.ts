import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { type Sql, sql, unscoped } from "@/platform/db";
import { useCase } from "../access/use-case";
import { estimate } from "./estimate";
import { sampleOf } from "./sample";

/** Each further one is a look per member of the sample. */
const MOST = 30;

const Overlap = z.object({
  members: z.int().describe("in this segment"),
  isExact: z.boolean().describe("false: counted among some of the members, and stretched to all"),
  items: z
    .array(
      z.object({
        segment: z.string(),
        name: z.string(),
        state: z.enum(["building", "live"]).describe("building: not all of its members are found yet"),
        both: z.int().describe("members who are in both"),
      }),
    )
    .describe(`the other segments, those made last if there are over ${MOST}, the largest overlap first`),
});
type Overlap = z.infer<typeof Overlap>;

/** How many of a segment's members are in each of the others, as they are kept: exact in a small workspace, else by a sample. */
export const segmentOverlap = useCase({
  may: "segment.read",
  input: z.strictObject({ segment: z.uuid() }),
  output: Overlap,
  says: "Which other segments the members of one are in",
  async run({ tx, actor: { workspace } }, { segment }): Promise<Outcome<Overlap>> {
    const segments = await tx.rows<{ id: string; name: string; state: "building" | "live" }>(sql`
      SELECT id, name, state FROM segment WHERE workspace_id = ${workspace} AND state <> 'deleted' ORDER BY id = ${segment} DESC, created_at DESC, id
      LIMIT ${MOST + 1}`);
    const [own, ...others] = segments;
    if (own?.id !== segment) return refuse("not_found", "no such segment");
    // As where a rule is estimated: under row-level security the sample's index is out of reach. The workspace is in each condition.
    return unscoped(tx, async () => {
      const sample = await sampleOf(tx, workspace);
      const counts = await tx.rows<{ segment: string | null; n: number; of: number }>(sql`
        WITH sample AS MATERIALIZED (SELECT m.id FROM member m WHERE ${sample.where}),
          own AS MATERIALIZED (SELECT sample.id FROM sample WHERE ${isIn(workspace, sql`sample.id`, sql`${segment}`)})
        SELECT o.id AS segment, (SELECT count(*) FROM sample)::int AS of,
          (SELECT count(*) FROM own WHERE ${isIn(workspace, sql`own.id`, sql`o.id`)})::int AS n
        FROM unnest(${segments.map(({ id }) => id)}::uuid[]) AS o(id)`);
      const found = new Map(counts.map(({ segment, n, of }) => [segment, estimate(n, of, sample.share)]));
      const inBoth = (id: string) => found.get(id)?.count ?? 0;
      return ok({
        members: inBoth(segment),
        isExact: sample.share === 1,
        items: others
          .map(({ id, name, state }) => ({ segment: id, name, state, both: inBoth(id) }))
          .sort((a, b) => b.both - a.both || (a.name < b.name ? -1 : 1)),
      });
    });
  },
});

/** A look by the key for each member. As a join it walked all of a segment's members for each where the planner did not know yet how many there are. */
const isIn = (workspace: WorkspaceId, member: Sql, segment: Sql): Sql => sql`(
  SELECT s.is_in FROM segment_member s WHERE s.workspace_id = ${workspace} AND s.segment_id = ${segment} AND s.member_id = ${member})`;
