import { z } from "zod";
import { ok } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";

const Use = z.object({
  segment: z.string(),
  journey: z.string(),
  name: z.string(),
  state: z.string(),
  isPublished: z.boolean().describe("in the published version; otherwise only in the draft"),
});
const MOST = 1_000;

/** Which journeys name which segments, in their drafts or in what is published. Archived journeys use nothing. */
export const segmentUses = useCase({
  may: "segment.read",
  input: z.object({}),
  output: z.object({ items: z.array(Use) }),
  says: "Which journeys use which segments",
  async run({ tx, actor: { workspace } }) {
    const items = await tx.rows<z.infer<typeof Use>>(sql`
      SELECT n.node -> 'config' ->> 'segment' AS segment, j.id AS journey, j.name, j.state, bool_or(n.published) AS "isPublished"
      FROM journey j
      LEFT JOIN plan p ON p.workspace_id = j.workspace_id AND p.id = j.plan_id
      CROSS JOIN LATERAL (
        SELECT node, false AS published FROM jsonb_array_elements(coalesce(j.document -> 'nodes', '[]')) AS node
        UNION ALL SELECT node, true FROM jsonb_array_elements(coalesce(p.document -> 'nodes', '[]')) AS node) n
      WHERE j.workspace_id = ${workspace} AND j.state <> 'archived' AND n.node -> 'config' ->> 'segment' <> ''
      GROUP BY 1, j.id, j.name, j.state
      ORDER BY j.name, j.id
      LIMIT ${MOST}`);
    return ok({ items });
  },
});
