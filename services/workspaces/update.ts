import { z } from "zod";
import { changesOf } from "@/core/audit/changes";
import type { JobId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { LOCALES } from "@/core/text";
import { TimeZone, WorkspaceSettings } from "@/core/workspace/settings";
import { json, sql } from "@/platform/db";
import { signature } from "../access/actor";
import { useCase } from "../access/use-case";
import { startJob } from "../jobs/start";

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
  says: "Change the workspace; settings are replaced part by part. The currency stays: ledgers are written in it. Answers what changed",
  async run({ tx, actor, now, newId }, { name, timeZone, locale, settings }) {
    // Who could not give the second pair of eyes may not do away with it.
    if (settings?.publishing !== undefined && actor.as !== "user")
      return refuse("not_allowed", "a key may not change who approves: a person does", ["settings", "publishing"]);
    const before = await tx.one<Kept>(sql`
      SELECT name, time_zone AS "timeZone", locale, settings FROM workspace WHERE id = ${actor.workspace} FOR NO KEY UPDATE`);
    if (!before) return refuse("not_found");
    const after = await tx.one<Kept>(sql`
      UPDATE workspace SET name = COALESCE(${name ?? null}, name), time_zone = COALESCE(${timeZone ?? null}, time_zone), locale = COALESCE(${locale ?? null}, locale),
        settings = settings || ${json(settings ?? {})}::jsonb
      WHERE id = ${actor.workspace} RETURNING name, time_zone AS "timeZone", locale, settings`);
    if (!after) return refuse("not_found");
    if (after.timeZone !== before.timeZone) {
      const job = {
        id: newId() as JobId,
        kind: "zones",
        journey: null,
        spec: { from: before.timeZone },
        total: 0,
      } as const;
      await startJob(tx, actor.workspace, job, signature(actor), now);
    }
    return ok({ id: actor.workspace, changed: changesOf(plain(before), plain(after)) });
  },
  records: (_, { changed }) => ({ changed }),
});

type Kept = { name: string; timeZone: string; locale: string; settings: Record<string, unknown> };

/** What a person can set, with the defaults of what was never set; switches that other use cases write are theirs to tell. */
function plain({ settings, ...own }: Kept): object {
  const parts = Object.entries(WorkspaceSettings.shape).map(([part, schema]) => [
    part,
    schema.unwrap().safeParse(settings[part] ?? {}).data ?? settings[part],
  ]);
  return { ...own, ...Object.fromEntries(parts) };
}
