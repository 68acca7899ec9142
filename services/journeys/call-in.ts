import { z } from "zod";
import type { JourneyId, MemberId } from "@/core/ids";
import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { JOURNEY_START } from "@/core/plan/control";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { sql } from "@/platform/db";
import { useCase } from "../access/use-case";
import { enqueue } from "../events/enqueue";
import { loadPlans } from "../plans/plans";

const Properties = z
  .record(z.string().min(1).max(120), z.unknown())
  .refine((properties) => JSON.stringify(properties).length <= 32_768, "at most 32 KB");

const CallIn = z.strictObject({
  journey: z.uuid().transform((id) => id as JourneyId),
  members: z
    .array(z.strictObject({ member: z.uuid(), properties: Properties.default({}) }))
    .min(1)
    .max(1000)
    .describe("each enters with its properties, which the journey reads as entry.…"),
});

/**
 * Has members enter a journey that is called. They enter as their events are dispatched, by its re-entry rule and limits; the same
 * Idempotency-Key never asks twice. A member that is unknown refuses the call whole, with its place.
 */
export const callIn = useCase({
  may: "event.write",
  input: CallIn,
  output: z.object({ accepted: z.int() }),
  audit: "journey.called",
  records: ({ journey, members }) => ({ journey, members: members.length }),
  says: "Let members enter a live journey that starts when it is called",
  async run({ tx, actor: { workspace }, now, newId }, { journey, members }): Promise<Outcome<{ accepted: number }>> {
    const found = await tx.one<{
      state: string;
      name: string;
      plan: Parameters<typeof loadPlans>[2] extends Iterable<infer P> ? P | null : never;
    }>(sql`SELECT state, name, plan_id AS plan FROM journey WHERE workspace_id = ${workspace} AND id = ${journey}`);
    if (!found) return refuse("not_found", "no such journey");
    const plan = found.plan && (await loadPlans(tx, workspace, [found.plan])).get(found.plan);
    if (found.state !== "live" || !plan) return refuse("not_live", `“${found.name}” is ${found.state}`);
    if (plan.entry.on !== "call")
      return refuse("conflict", `“${found.name}” starts by itself; its trigger should be “When called”`);
    const known = await tx.rows<{ id: string; means: MemberId }>(sql`
      SELECT id, coalesce(merged_into, id) AS means FROM member
      WHERE workspace_id = ${workspace} AND id = ANY(${members.map(({ member }) => member)}::uuid[])`);
    const meant = new Map(known.map(({ id, means }) => [id, means]));
    const missing = members.findIndex(({ member }) => !meant.has(member));
    if (missing >= 0) return refuse("not_found", "no such member", ["members", missing, "member"]);
    await enqueue(
      tx,
      workspace,
      members.flatMap(({ member, properties }) => {
        const means = meant.get(member);
        const event = ledgerEvent(JOURNEY_START, { ...properties, journey_id: journey }, newId(), now);
        return means ? [{ member: means, event }] : [];
      }),
    );
    return ok({ accepted: members.length });
  },
});
