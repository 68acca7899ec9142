import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { JourneyView, readJourney } from "../journey-view";

/** Brings a journey back from the archive: as a draft when it was never published, else stopped. Nobody enters it before it is published. */
export const unarchiveJourney = useCase({
  may: "journey.write",
  input: z.strictObject({ journey: z.uuid().transform((id) => id as JourneyId) }),
  output: JourneyView,
  audit: "journey.unarchived",
  says: "Bring a journey back from the archive",
  async run({ tx, actor: { workspace }, now }, { journey }) {
    const found = await tx.one<{ state: string }>(
      sql`SELECT state FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR UPDATE`,
    );
    if (!found) return refuse("not_found", "no such journey");
    if (found.state !== "archived") return refuse("conflict", `it is ${found.state}, not archived`);
    await tx.run(sql`
      UPDATE journey SET state = CASE WHEN version IS NULL THEN 'draft' ELSE 'stopped' END, updated_at = ${now}
      WHERE workspace_id = ${workspace} AND id = ${journey}`);
    await announce(tx, workspace, `journey:${journey}`);
    await announce(tx, workspace, "journeys");
    const back = await readJourney(tx, workspace, journey);
    return back ? ok(back) : refuse("not_found");
  },
});
