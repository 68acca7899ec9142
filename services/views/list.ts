import { z } from "zod";
import { ok } from "@/core/refusals";
import { useCase } from "../access/use-case";
import { readViews, SavedView, Screen } from "./view";

export const listViews = useCase({
  may: "member.read",
  input: z.object({ screen: Screen }),
  output: z.object({ items: z.array(SavedView) }),
  says: "Kept filters of a list: the caller's own and the team's",
  async run({ tx, actor }, { screen }) {
    return ok({ items: await readViews(tx, actor, screen) });
  },
});
