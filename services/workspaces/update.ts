import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { LOCALES } from "@/core/text";
import { TimeZone, WorkspaceSettings } from "@/core/workspace/settings";
import { json, sql } from "@/platform/db";
import { useCase } from "../access/use-case";

const Update = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  timeZone: TimeZone.optional(),
  locale: z.enum(LOCALES).optional(),
  settings: WorkspaceSettings.optional(),
});

export const updateWorkspace = useCase({
  may: "workspace.write",
  input: Update,
  audit: "workspace.updated",
  says: "Change the workspace; settings are replaced part by part. The currency stays: ledgers are written in it",
  async run({ tx, actor }, { name, timeZone, locale, settings }) {
    // Who could not give the second pair of eyes may not do away with it.
    if (settings?.publishing !== undefined && actor.as !== "user")
      return refuse("not_allowed", "a key may not change who approves: a person does", ["settings", "publishing"]);
    await tx.run(sql`
      UPDATE workspace SET name = COALESCE(${name ?? null}, name), time_zone = COALESCE(${timeZone ?? null}, time_zone), locale = COALESCE(${locale ?? null}, locale),
        settings = settings || ${json(settings ?? {})}::jsonb
      WHERE id = ${actor.workspace}`);
    return ok({ id: actor.workspace });
  },
});
