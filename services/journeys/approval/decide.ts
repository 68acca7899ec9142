import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { Words } from "../publishing/comment";
import { publishDraft } from "../publishing/publish-draft";
import { holdRequest, RequestView, readRequests } from "./request";

/**
 * Four eyes: a person who may approve, and is not who asked, publishes the draft as it was asked for, or sends it back with words. A key, whatever
 * it may do, is nobody's second pair of eyes.
 */
export const decidePublish = useCase({
  may: "journey.approve",
  input: z.discriminatedUnion("decision", [
    z.strictObject({ request: z.uuid(), decision: z.literal("approved"), words: Words.optional() }),
    z.strictObject({
      request: z.uuid(),
      decision: z.literal("rejected"),
      words: Words.min(1, "say what should be changed"),
    }),
  ]),
  output: RequestView,
  audit: "journey.publish_decided",
  says: "Approve and publish what was asked for, or send it back with words",
  async run(call, { request, decision, words }) {
    const { tx, actor, now } = call;
    const { workspace } = actor;
    const held = await holdRequest(tx, workspace, request);
    if (!held) return refuse("not_found", "no such open request");
    if (actor.as !== "user") return refuse("not_allowed", "a key is nobody's second pair of eyes: a person decides");
    const { journey, revision, moves, note, askedBy } = held;
    if (askedBy === signature(actor)) return refuse("not_allowed", "nobody decides their own request");
    let version: number | null = null;
    if (decision === "approved") {
      const published = await publishDraft(call, { journey, revision, moves, note });
      if (!published.ok)
        return published.reason === "revision_changed"
          ? refuse("revision_changed", "the draft was changed after it was asked for: it has to be asked for again")
          : published;
      version = published.value.version;
    }
    await tx.run(sql`
      UPDATE publish_request SET state = ${decision}, decided_by = ${signature(actor)}, decided_at = ${now}, words = ${words ?? null}, version = ${version}
      WHERE workspace_id = ${workspace} AND id = ${request}`);
    await announce(tx, workspace, `journey:${journey}`);
    const [decided] = await readRequests(tx, workspace, sql`r.id = ${request}`, 1);
    return decided ? ok(decided) : refuse("not_found");
  },
});
