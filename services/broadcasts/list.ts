import { z } from "zod";
import { ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { BROADCAST, BroadcastView } from "./view";

export const listBroadcasts = useCase({
  may: "journey.read",
  input: z.object({ journey: z.uuid() }),
  output: z.object({ items: z.array(BroadcastView) }),
  says: "A journey's broadcasts, newest first, the last 100",
  async run({ tx, actor: { workspace } }, { journey }) {
    const known = await tx.one(sql`SELECT 1 FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`);
    if (!known) return refuse("not_found", "no such journey");
    const items = await tx.rows<BroadcastView>(sql`
      SELECT ${BROADCAST} FROM broadcast b WHERE b.workspace_id = ${workspace} AND b.journey_id = ${journey} ORDER BY b.id DESC LIMIT 100`);
    return ok({ items });
  },
});

export const getBroadcast = useCase({
  may: "journey.read",
  input: z.object({ broadcast: z.uuid() }),
  output: BroadcastView,
  says: "How far a broadcast has come",
  async run({ tx, actor: { workspace } }, { broadcast }) {
    const found = await tx.one<BroadcastView>(
      sql`SELECT ${BROADCAST} FROM broadcast b WHERE b.workspace_id = ${workspace} AND b.id = ${broadcast}`,
    );
    return found ? ok(found) : refuse("not_found", "no such broadcast");
  },
});
