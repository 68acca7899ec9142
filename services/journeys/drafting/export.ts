import { z } from "zod";
import { canonical } from "@/core/hash";
import type { JourneyDocument } from "@/core/journey/document";
import { journeySchema } from "@/core/journey/json-schema";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../../access/use-case";
import { DocumentOutput } from "./document-input";

/** The draft alone, with its keys sorted, so that equal journeys give equal files. */
export const exportJourney = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: DocumentOutput,
  says: "A journey's draft as a document to keep in files",
  async run({ tx, actor: { workspace } }, { journey }) {
    const found = await tx.one<{ document: JourneyDocument }>(
      sql`SELECT document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`,
    );
    return found ? ok(sorted(found.document)) : refuse("not_found", "no such journey");
  },
});

export const readJourneySchema = useCase({
  may: "journey.read",
  input: z.object({}),
  says: "The JSON Schema of a journey document",
  async run() {
    return ok(journeySchema());
  },
});

/** The same value with the keys of every object in order. */
function sorted<T>(value: T): T {
  return JSON.parse(canonical(value));
}
