import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { useCase } from "../access/use-case";
import { JourneyView, readJourney } from "./journey-view";

export const getJourney = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: JourneyView,
  says: "A journey with its draft",
  async run({ tx, actor: { workspace } }, { journey }) {
    const found = await readJourney(tx, workspace, journey);
    return found ? ok(found) : refuse("not_found", "no such journey");
  },
});
