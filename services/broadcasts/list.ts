import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { BroadcastView, broadcastOf, broadcastsOf } from "./view";

export const listBroadcasts = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid().transform((id) => id as JourneyId) }),
  output: z.object({ items: z.array(BroadcastView) }),
  says: "A journey's broadcasts, newest first, the last 100",
  async run(at, { journey }) {
    const { tx, actor } = at;
    const known = await tx.one(sql`SELECT 1 FROM journey WHERE workspace_id = ${actor.workspace} AND id = ${journey}`);
    if (!known) return refuse("not_found", "no such journey");
    return ok({ items: await broadcastsOf(at, journey) });
  },
});

export const getBroadcast = useCase({
  may: "journey.read",
  input: z.object({ broadcast: z.uuid() }),
  output: BroadcastView,
  says: "How far a broadcast has come",
  async run(at, { broadcast }) {
    const found = await broadcastOf(at, broadcast);
    return found ? ok(found) : refuse("not_found", "no such broadcast");
  },
});
