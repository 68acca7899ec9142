import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { readViews, Screen, setDefault } from "./view";

export const openWith = useCase({
  may: "member.read",
  input: z.strictObject({ screen: Screen, view: z.uuid().nullable() }),
  output: z.object({ screen: Screen, view: z.string().nullable() }),
  audit: "view.chosen",
  says: "Open one's own list with a view from now on; null opens it with all",
  async run({ tx, actor }, { screen, view }) {
    const { workspace } = actor;
    if (view !== null && (await readViews(tx, actor, screen, view)).length === 0)
      return refuse("not_found", "no such view of this list", ["view"]);
    await setDefault(tx, workspace, signature(actor), screen, view);
    return ok({ screen, view });
  },
});
