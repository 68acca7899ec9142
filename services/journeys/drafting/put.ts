import { z } from "zod";
import { type ConductorId, type JourneyId, journeyConductor } from "@/core/ids";
import { type Outcome, ok, refuse, revisionChanged } from "@/core/refusals";
import { json, sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { ring } from "../../rings/ring";
import { JourneyView, Revision, readJourney } from "../journey-view";
import { Labels } from "./create";
import { DocumentInput } from "./document-input";

const PutJourney = z.strictObject({
  journey: z.uuid(),
  document: DocumentInput,
  revision: Revision.describe("the one that was edited; an older one than the stored is refused with revision_changed"),
  labels: Labels.optional(),
});

/** Saves the draft; what is published goes on as it was. Two people cannot overwrite each other unseen. */
export const putJourney = useCase({
  may: "journey.write",
  input: PutJourney,
  output: JourneyView,
  audit: "journey.saved",
  // Autosave comes every few seconds: the document itself is kept when it is published.
  records: ({ journey, revision }) => ({ journey, revision }),
  says: "Save a journey's draft",
  async run({ tx, actor: { workspace }, now }, { journey, document, revision, labels }): Promise<Outcome<JourneyView>> {
    const saved = await tx.one<{ was: string; shards: number }>(sql`
      UPDATE journey SET name = ${document.name}, document = ${json(document)}, revision = revision + 1, labels = coalesce(${labels ?? null}::text[], labels), updated_at = ${now}
      WHERE workspace_id = ${workspace} AND id = ${journey} AND revision = ${revision} AND state <> 'archived'
      RETURNING old.name AS was, shards`);
    const found = await readJourney(tx, workspace, journey);
    if (!found) return refuse("not_found", "no such journey");
    if (!saved)
      return found.state === "archived"
        ? refuse("conflict", "an archived journey cannot be changed; duplicate it")
        : revisionChanged(found.revision);
    // Its workflow is called by its name.
    if (saved.was !== document.name) await ring(tx, workspace, conductorsOf(journey, saved.shards));
    await announce(tx, workspace, `journey:${journey}`);
    return ok(found);
  },
});

const conductorsOf = (journey: string, shards: number): ConductorId[] =>
  Array.from({ length: shards }, (_, shard) => journeyConductor(journey as JourneyId, shard));
