import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { Instant } from "@/core/instant";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { JourneyView, readJourney } from "./journey-view";

const Saved = z.object({
  at: Instant,
  by: z.string().nullable().describe("a person's or a key's name"),
  isOwn: z.boolean().describe("by who asks, perhaps in another window"),
});
export const JourneyDetail = JourneyView.extend({
  saved: Saved.nullable().describe("the draft's last save, as far as the audit goes back"),
});
export type JourneyDetail = z.infer<typeof JourneyDetail>;

export const getJourney = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: JourneyDetail,
  says: "A journey with its draft, and who saved it last",
  async run({ tx, actor }, { journey }) {
    const [found, saved] = await Promise.all([
      readJourney(tx, actor.workspace, journey),
      lastSave(tx, actor.workspace, journey, signature(actor)),
    ]);
    return found ? ok({ ...found, saved }) : refuse("not_found", "no such journey");
  },
});

/** By audit_subject, backwards: what else is done to a journey is little beside its saves. */
async function lastSave(
  tx: Tx,
  workspace: WorkspaceId,
  journey: string,
  asker: string,
): Promise<z.infer<typeof Saved> | null> {
  const row = await tx.one<z.infer<typeof Saved>>(sql`
    SELECT a.at, coalesce(u.name, k.name) AS by, a.actor = ${asker} AS "isOwn"
    FROM (
      SELECT at, actor FROM audit
      WHERE workspace_id = ${workspace} AND subject = ${journey} AND action = 'journey.saved' ORDER BY id DESC LIMIT 1) AS a
    LEFT JOIN "user" u ON a.actor = 'user:' || u.id
    LEFT JOIN api_key k ON k.workspace_id = ${workspace} AND a.actor = 'key:' || k.id`);
  return row ?? null;
}
