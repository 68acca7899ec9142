import { z } from "zod";
import { ok } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { changeable } from "./view";

export const removeView = useCase({
  may: "member.read",
  input: z.object({ view: z.uuid() }),
  output: z.object({ id: z.string() }),
  audit: "view.removed",
  says: "Delete a kept view; lists that opened with it open with all again",
  async run({ tx, actor }, { view }) {
    const found = await changeable(tx, actor, view);
    if (!found.ok) return found;
    await tx.run(sql`DELETE FROM saved_view WHERE workspace_id = ${actor.workspace} AND id = ${view}`);
    return ok({ id: view });
  },
});
