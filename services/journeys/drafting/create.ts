import { z } from "zod";
import type { JourneyId, WorkspaceId } from "@/core/ids";
import type { JourneyDocument } from "@/core/journey/document";
import { ok, refuse } from "@/core/refusals";
import { json, sql, type Tx } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { JourneyView, readJourney } from "../journey-view";
import { DocumentInput } from "./document-input";

export const Labels = z
  .array(z.string().trim().min(1).max(60))
  .max(20)
  .transform((labels) => [...new Set(labels)]);

/** Also the way in for documents from elsewhere: what was exported here or written by hand. */
export const createJourney = useCase({
  may: "journey.write",
  input: z.strictObject({ document: DocumentInput, labels: Labels.default([]) }),
  output: JourneyView,
  audit: "journey.created",
  says: "Make a journey of a document, complete or not",
  async run({ tx, actor: { workspace }, now, newId }, { document, labels }) {
    const id = newId<JourneyId>();
    await insertJourney(tx, workspace, id, document, labels, now);
    const made = await readJourney(tx, workspace, id);
    return made ? ok(made) : refuse("not_found");
  },
});

/** A new draft. */
export async function insertJourney(
  tx: Tx,
  workspace: WorkspaceId,
  id: JourneyId,
  document: JourneyDocument,
  labels: string[],
  now: Date,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO journey (workspace_id, id, name, document, priority, labels, created_at, updated_at)
    VALUES (${workspace}, ${id}, ${document.name}, ${json(document)}, ${document.settings.priority}, ${labels}, ${now}, ${now})`);
  await announce(tx, workspace, "journeys");
}
