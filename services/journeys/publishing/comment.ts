import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql, type Tx } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";

export const Words = z.string().trim().max(2000);

type Comment = { id: string; journey: string; version: number; text: string; by: string };

/** Says something of a published version; what is said stays. */
export const commentOnVersion = useCase({
  may: "journey.publish",
  input: z.strictObject({
    journey: z.uuid(),
    version: z.coerce.number().int().min(1).max(1_000_000),
    text: Words.min(1),
  }),
  output: z.object({ id: z.string() }),
  audit: "journey.version_commented",
  says: "Comment on a published version",
  async run({ tx, actor, now, newId }, { journey, version, text }) {
    const { workspace } = actor;
    const found = await tx.one(
      sql`SELECT 1 FROM plan WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND version = ${version}`,
    );
    if (!found) return refuse("not_found", "no such version");
    const id = newId();
    await writeComment(tx, workspace, { id, journey, version, text, by: signature(actor) }, now);
    return ok({ id });
  },
});

export const writeComment = (tx: Tx, workspace: WorkspaceId, comment: Comment, now: Date): Promise<number> =>
  tx.run(sql`
    INSERT INTO version_comment (workspace_id, id, journey_id, version, text, written_by, written_at)
    VALUES (${workspace}, ${comment.id}, ${comment.journey}, ${comment.version}, ${comment.text}, ${comment.by}, ${now})`);
