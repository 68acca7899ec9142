import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { json, sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { fitting } from "./filters";
import { changeable, readViews, SavedView, ViewFilters, ViewName } from "./view";

export const changeView = useCase({
  may: "member.read",
  input: z.strictObject({
    view: z.uuid(),
    name: ViewName.optional(),
    filters: ViewFilters.optional(),
    isShared: z.boolean().optional(),
  }),
  output: SavedView,
  audit: "view.changed",
  says: "Rename a kept view, change its filters, share it or not",
  async run({ tx, actor, now }, { view, name, filters, isShared }) {
    const { workspace } = actor;
    const found = await changeable(tx, actor, view);
    if (!found.ok) return found;
    const fits = filters ? fitting(found.value.screen, filters) : undefined;
    if (fits && !fits.ok) return fits;
    const namesake = await tx.one(sql`
      SELECT 1 FROM saved_view v JOIN saved_view own ON own.workspace_id = v.workspace_id AND own.id = ${view}
      WHERE v.workspace_id = ${workspace} AND v.owner = own.owner AND v.screen = own.screen AND v.name = ${name ?? null} AND v.id <> own.id`);
    if (namesake) return refuse("conflict", "another view has this name already", ["name"]);
    await tx.run(sql`
      UPDATE saved_view SET name = coalesce(${name ?? null}, name), filters = coalesce(${filters ? json(filters) : null}::jsonb, filters),
        is_shared = coalesce(${isShared ?? null}, is_shared), updated_at = ${now}
      WHERE workspace_id = ${workspace} AND id = ${view}`);
    // Nobody's list opens with what they no longer see.
    if (isShared === false)
      await tx.run(sql`
        DELETE FROM view_default d USING saved_view v
        WHERE d.workspace_id = ${workspace} AND d.view_id = ${view} AND v.workspace_id = d.workspace_id AND v.id = d.view_id AND d.person <> v.owner`);
    const [changed] = await readViews(tx, actor, null, view);
    // An owner of the workspace who stops sharing a colleague's view does not see it any more.
    return ok(changed ?? { ...found.value, isShared: false });
  },
});
