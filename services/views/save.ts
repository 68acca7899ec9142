import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { json, sql } from "@/platform/db";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { fitting } from "./filters";
import { readViews, SavedView, Screen, setDefault, ViewFilters, ViewName } from "./view";

/** So many views of one list: more than anybody finds again. */
const MOST = 100;

export const saveView = useCase({
  may: "member.read",
  input: z.strictObject({
    screen: Screen,
    name: ViewName,
    filters: ViewFilters,
    isShared: z.boolean().default(false),
    isDefault: z.boolean().default(false),
  }),
  output: SavedView,
  audit: "view.saved",
  says: "Keep the filters of a list under a name",
  async run({ tx, actor, now, newId }, { screen, name, filters, isShared, isDefault }) {
    const { workspace } = actor;
    const fits = fitting(screen, filters);
    if (!fits.ok) return fits;
    const count = await tx.one<{ mine: number }>(
      sql`SELECT count(*)::int AS mine FROM saved_view WHERE workspace_id = ${workspace} AND owner = ${signature(actor)} AND screen = ${screen}`,
    );
    if ((count?.mine ?? 0) >= MOST) return refuse("over_cap", `you have ${MOST} views of this list; delete one first`);
    const id = newId();
    const made = await tx.run(sql`
      INSERT INTO saved_view (workspace_id, id, screen, name, filters, owner, is_shared, created_at, updated_at)
      VALUES (${workspace}, ${id}, ${screen}, ${name}, ${json(filters)}, ${signature(actor)}, ${isShared}, ${now}, ${now})
      ON CONFLICT (workspace_id, owner, screen, name) DO NOTHING`);
    if (!made) return refuse("conflict", "you have a view of this name already", ["name"]);
    if (isDefault) await setDefault(tx, workspace, signature(actor), screen, id);
    const [view] = await readViews(tx, actor, screen, id);
    return view ? ok(view) : refuse("not_found");
  },
});
