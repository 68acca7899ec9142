import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { type Actor, signature } from "../access/actor";
import { can } from "../access/may";

/** The lists whose filters can be kept. */
export const SCREENS = [
  "journeys",
  "members",
  "messages",
  "runs",
  "audit",
  "events",
  "letters",
  "offers",
  "coupons",
  "redemptions",
  "segments",
  "tasks",
  "stores",
] as const;
export const Screen = z.enum(SCREENS);
export type Screen = z.infer<typeof Screen>;

/** What stands in the list's address, as texts: `{ "state": "failed" }`. */
export const ViewFilters = z
  .record(z.string(), z.string().max(200))
  .refine((filters) => Object.keys(filters).every((name) => /^\w{1,40}$/.test(name)), {
    error: "a filter's name should be letters, digits and _",
  })
  .refine((filters) => Object.keys(filters).length <= 20, { error: "should have at most 20 filters" });
export const ViewName = z.string().trim().min(1, "should have a name").max(60);

export const SavedView = z.object({
  id: z.string(),
  screen: Screen,
  name: z.string(),
  filters: z.record(z.string(), z.string()),
  isShared: z.boolean().describe("the whole team sees it"),
  isMine: z.boolean(),
  isDefault: z.boolean().describe("the caller's list opens with it"),
  ownerName: z.string().nullable(),
  mayChange: z.boolean(),
});
export type SavedView = z.infer<typeof SavedView>;

/** The views of a screen that the caller sees: their own and the team's, by name. `view` picks one. */
export async function readViews(tx: Tx, actor: Actor, screen: Screen | null, view?: string): Promise<SavedView[]> {
  const me = signature(actor);
  return tx.rows<SavedView>(sql`
    SELECT v.id, v.screen, v.name, v.filters, v.is_shared AS "isShared", v.owner = ${me} AS "isMine",
      d.view_id IS NOT NULL AS "isDefault", u.name AS "ownerName", v.owner = ${me} OR ${can(actor, "workspace.write")} AS "mayChange"
    FROM saved_view v
    LEFT JOIN view_default d ON d.workspace_id = v.workspace_id AND d.person = ${me} AND d.screen = v.screen AND d.view_id = v.id
    LEFT JOIN "user" u ON 'user:' || u.id = v.owner
    WHERE v.workspace_id = ${actor.workspace} AND (v.owner = ${me} OR v.is_shared)
      AND (${screen}::text IS NULL OR v.screen = ${screen}) AND (${view ?? null}::uuid IS NULL OR v.id = ${view ?? null})
    ORDER BY lower(v.name), v.id`);
}

/** A view that the caller may change: their own; a shared one of somebody else's only with the right to the workspace. */
export async function changeable(tx: Tx, actor: Actor, view: string): Promise<Outcome<SavedView>> {
  const [found] = await readViews(tx, actor, null, view);
  if (!found) return refuse("not_found", "no such view");
  return found.mayChange ? ok(found) : refuse("not_allowed", `only ${found.ownerName ?? "its owner"} can change it`);
}

/** Opens somebody's list with a view from now on; null: with all. `person`: as the audit names them. */
export async function setDefault(
  tx: Tx,
  workspace: WorkspaceId,
  person: string,
  screen: Screen,
  view: string | null,
): Promise<void> {
  if (view === null)
    await tx.run(
      sql`DELETE FROM view_default WHERE workspace_id = ${workspace} AND person = ${person} AND screen = ${screen}`,
    );
  else
    await tx.run(sql`
      INSERT INTO view_default (workspace_id, person, screen, view_id) VALUES (${workspace}, ${person}, ${screen}, ${view})
      ON CONFLICT (workspace_id, person, screen) DO UPDATE SET view_id = excluded.view_id`);
}
