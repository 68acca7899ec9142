import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { signature } from "../../access/actor";
import { useCase } from "../../access/use-case";
import { announce } from "../../rings/announce";
import { holdRequest } from "./request";

/** Whoever asked takes it back. */
export const withdrawPublish = useCase({
  may: "journey.publish",
  input: z.strictObject({ request: z.uuid() }),
  output: z.object({ id: z.string() }),
  audit: "journey.publish_withdrawn",
  says: "Take back a request to publish",
  async run({ tx, actor, now }, { request }) {
    const held = await holdRequest(tx, actor.workspace, request);
    if (!held) return refuse("not_found", "no such open request");
    if (held.askedBy !== signature(actor)) return refuse("not_allowed", "only who asked takes it back; reject it");
    await tx.run(sql`
      UPDATE publish_request SET state = 'withdrawn', decided_at = ${now}
      WHERE workspace_id = ${actor.workspace} AND id = ${request}`);
    await announce(tx, actor.workspace, `journey:${held.journey}`);
    return ok({ id: request });
  },
});
