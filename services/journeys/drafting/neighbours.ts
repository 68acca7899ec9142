import { z } from "zod";
import type { PlanId } from "@/core/ids";
import type { Feed } from "@/core/journey/feed";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { feedsOf } from "./context";
import { sensitiveOf } from "./sensitive";

/** For an editor that looks for circles, and for promotions to sensitive members, as the drawing changes. */
export const journeyNeighbours = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: z.object({
    neighbours: z
      .array(z.custom<Feed>())
      .describe("by journey: what starts it, how members come again, and which events come of it by themselves"),
    sensitive: z
      .object({ tags: z.array(z.string()), segments: z.record(z.string(), z.array(z.string())) })
      .describe("tags that no promotion may use, and by segment the tags its members carry"),
  }),
  says: "The live journeys beside this one, as far as one starts another",
  async run({ tx, actor: { workspace } }, { journey }) {
    const rows = await tx.rows<{ id: string; isOn: boolean; plan: PlanId | null }>(sql`
      SELECT id, state IN ('live', 'paused') AS "isOn", plan_id AS plan FROM journey WHERE workspace_id = ${workspace}`);
    if (!rows.some(({ id }) => id === journey)) return refuse("not_found", "no such journey", ["journey"]);
    const others = rows.filter(({ id, isOn }) => isOn && id !== journey);
    return ok({
      neighbours: await feedsOf(tx, workspace, others),
      sensitive: await sensitiveOf(tx, workspace),
    });
  },
});
