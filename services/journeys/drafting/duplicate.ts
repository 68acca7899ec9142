import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { useCase } from "../../access/use-case";
import { JourneyView, readJourney } from "../journey-view";
import { insertJourney } from "./create";

const LONGEST = 120;

/** A new draft of the same drawing; it has members, counts and versions of its own. */
export const duplicateJourney = useCase({
  may: "journey.write",
  input: z.strictObject({ journey: z.uuid(), name: z.string().trim().min(1).max(LONGEST).optional() }),
  output: JourneyView,
  audit: "journey.duplicated",
  says: "Copy a journey's draft into a new one",
  async run({ tx, actor: { workspace }, now, newId }, { journey, name }) {
    const source = await readJourney(tx, workspace, journey);
    if (!source) return refuse("not_found", "no such journey");
    const id = newId<JourneyId>();
    await insertJourney(
      tx,
      workspace,
      id,
      { ...source.document, name: name ?? `${source.name.slice(0, LONGEST - 4)} (2)` },
      source.labels,
      now,
    );
    const made = await readJourney(tx, workspace, id);
    return made ? ok(made) : refuse("not_found");
  },
});
