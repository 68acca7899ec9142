import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { Labels } from "./create";

/** Labels are the list's order of things, not part of the drawing: they change without a save and touch no revision. */
export const relabelJourney = useCase({
  may: "journey.write",
  input: z.strictObject({ journey: z.uuid().transform((id) => id as JourneyId), labels: Labels }),
  output: z.object({ id: z.string(), labels: z.array(z.string()) }),
  audit: "journey.relabelled",
  says: "Give a journey other labels",
  async run({ tx, actor: { workspace } }, { journey, labels }) {
    const found = await tx.one<{ id: string; labels: string[] }>(sql`
      UPDATE journey SET labels = ${labels} WHERE workspace_id = ${workspace} AND id = ${journey} RETURNING id, labels`);
    if (!found) return refuse("not_found", "no such journey");
    await announce(tx, workspace, "journeys");
    return ok(found);
  },
});

export const listLabels = useCase({
  may: "journey.read",
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ name: z.string(), journeys: z.int() })) }),
  says: "Labels in use, with how many journeys that are not archived have them",
  async run({ tx, actor: { workspace } }) {
    const items = await tx.rows<{ name: string; journeys: number }>(sql`
      SELECT label AS name, count(*)::int AS journeys FROM journey j CROSS JOIN unnest(j.labels) AS label
      WHERE j.workspace_id = ${workspace} AND j.state <> 'archived' GROUP BY label ORDER BY lower(label), label`);
    return ok({ items });
  },
});
