import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { ok, refuse, revisionChanged } from "@/core/refusals";
import { json, sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { Revision } from "../journey-view";
import { Words } from "../publishing/comment";
import { Moves } from "../publishing/fates";
import { soundDraft } from "../publishing/publish-draft";
import { RequestView, readRequests } from "./request";

/** Asks for the draft, as it is now, to be published by somebody else who may. A change of the draft takes the request with it. */
export const askToPublish = useCase({
  may: "journey.publish",
  input: z.strictObject({
    journey: z.uuid().transform((id) => id as JourneyId),
    revision: Revision.describe("the draft's, as it was seen"),
    moves: Moves.default({}),
    note: Words.default("").describe("what changed and why; it becomes the version's first comment"),
  }),
  output: RequestView,
  audit: "journey.publish_asked",
  says: "Ask for a journey's draft to be published by a second person",
  async run({ tx, actor, now, newId }, { journey, revision, moves, note }) {
    const { workspace } = actor;
    const draft = await tx.one<{ state: string; revision: number; document: unknown }>(
      sql`SELECT state, revision, document FROM journey WHERE workspace_id = ${workspace} AND id = ${journey} FOR NO KEY UPDATE`,
    );
    if (!draft) return refuse("not_found", "no such journey");
    if (actor.as !== "user") return refuse("not_allowed", "a key is nobody: a person asks, and another approves");
    if (draft.state === "archived") return refuse("conflict", "an archived journey cannot be published; duplicate it");
    if (draft.revision !== revision) return revisionChanged(draft.revision);
    const sound = await soundDraft(tx, workspace, draft.document, now, journey);
    if (!sound.ok) return sound;
    const open = await tx.one<{ revision: number }>(
      sql`SELECT revision FROM publish_request WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state = 'open'`,
    );
    if (open?.revision === revision) return refuse("conflict", "this draft is waiting for approval already");
    if (open)
      await tx.run(sql`
        UPDATE publish_request SET state = 'outdated', decided_at = ${now}
        WHERE workspace_id = ${workspace} AND journey_id = ${journey} AND state = 'open'`);
    const id = newId();
    await tx.run(sql`
      INSERT INTO publish_request (workspace_id, id, journey_id, revision, moves, note, asked_by, asked_at)
      VALUES (${workspace}, ${id}, ${journey}, ${revision}, ${json(moves)}, ${note}, ${signature(actor)}, ${now})`);
    await announce(tx, workspace, `journey:${journey}`);
    const [asked] = await readRequests(tx, workspace, sql`r.id = ${id}`, 1);
    return asked ? ok(asked) : refuse("not_found");
  },
});
