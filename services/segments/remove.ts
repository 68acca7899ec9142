import { z } from "zod";
import { segmentsConductor } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { liveJourneys } from "../plans/plans";
import { announce } from "../rings/announce";
import { ring } from "../rings/ring";

/** It is gone at once; the rows of its members go in the background. */
export const removeSegment = useCase({
  may: "segment.write",
  input: z.object({ segment: z.uuid() }),
  output: z.object({ id: z.string() }),
  audit: "segment.removed",
  says: "Take away a segment that no live journey uses",
  async run({ tx, actor: { workspace }, now }, { segment }) {
    const users = (await liveJourneys(tx, workspace)).filter(
      ({ plan: { entry } }) => "segment" in entry && entry.segment === segment,
    );
    if (users.length > 0)
      return refuse("conflict", `used by the journeys ${users.map(({ plan }) => `“${plan.name}”`).join(", ")}`);
    const gone = await tx.run(sql`
      UPDATE segment SET state = 'deleted', position = NULL, revision = revision + 1, updated_at = ${now}
      WHERE workspace_id = ${workspace} AND id = ${segment} AND state <> 'deleted'`);
    if (gone === 0) return refuse("not_found", "no such segment");
    await ring(tx, workspace, [segmentsConductor(workspace)]);
    await announce(tx, workspace, "segments");
    return ok({ id: segment });
  },
});
