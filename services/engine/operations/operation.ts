import { z } from "zod";
import type { JourneyId } from "@/core/ids";
import { InstantText } from "@/core/instant";
import { join, type Sql, sql } from "@/platform/db";
import { periodInput } from "../../workspaces/period";

/**
 * What people do to runs. wake: the wait is due now; move: on to another step of the published version; retry: a failed run acts its step again,
 * under the same key; exit: it leaves. `to` is a node's id, in a stored operation its root id.
 */
export const Operation = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("wake") }),
  z.strictObject({ is: z.literal("retry") }),
  z.strictObject({ is: z.literal("exit") }),
  z.strictObject({ is: z.literal("move"), to: z.string().min(1).max(64) }),
]);
export type Operation = z.infer<typeof Operation>;

/**
 * Which runs of one journey. Only those that the operation can be done to are meant. A period, as the list of runs takes it, becomes instants
 * before anything is counted or stored.
 */
export const RunFilter = z.strictObject({
  journey: z.uuid().transform((id) => id as JourneyId),
  runs: z.array(z.uuid()).min(1).max(500).optional().describe("these, of up to 500"),
  node: z.string().max(64).optional().describe("a node where they stand"),
  state: z.enum(["ready", "parked", "failed", "live"]).optional(),
  version: z.int().min(1).max(1_000_000).optional().describe("the version they are on"),
  enteredFrom: InstantText.optional(),
  enteredTo: InstantText.optional(),
  failedFrom: InstantText.optional(),
  failedTo: InstantText.optional(),
  ...periodInput,
  reason: z.string().trim().min(1).max(200).optional().describe("a part of why they failed"),
});
export type RunFilter = z.infer<typeof RunFilter>;

/** The states from which each operation begins. */
const FROM = {
  wake: sql`r.state = 'parked' AND r.due_at > now()`,
  retry: sql`r.state = 'failed'`,
  exit: sql`r.state IN ('ready', 'parked')`,
  move: sql`r.state IN ('ready', 'parked', 'failed')`,
} satisfies Record<Operation["is"], Sql>;

/** The filter and the operation as a condition over `r`, beside its workspace and journey. Those still standing are found by run_step. */
export function fits(filter: RunFilter, { is }: Operation): Sql {
  const where: Sql[] = [FROM[is]];
  if (filter.runs) where.push(sql`r.id = ANY(${filter.runs}::uuid[])`);
  if (filter.node) where.push(sql`left(r.step, ${filter.node.length + 1}) = ${`${filter.node}.`}`);
  if (filter.state === "live") where.push(sql`r.state IN ('ready', 'parked')`);
  else if (filter.state) where.push(sql`r.state = ${filter.state}`);
  if (filter.version !== undefined)
    where.push(sql`EXISTS (
      SELECT FROM plan p WHERE p.workspace_id = r.workspace_id AND p.id = r.plan_id AND p.version = ${filter.version})`);
  if (filter.enteredFrom) where.push(sql`r.entered_at >= ${filter.enteredFrom}::timestamptz`);
  if (filter.enteredTo) where.push(sql`r.entered_at <= ${filter.enteredTo}::timestamptz`);
  if (filter.failedFrom) where.push(sql`r.ended_at >= ${filter.failedFrom}::timestamptz`);
  if (filter.failedTo) where.push(sql`r.ended_at <= ${filter.failedTo}::timestamptz`);
  if (filter.reason) where.push(sql`strpos(lower(r.reason), lower(${filter.reason})) > 0`);
  return join(where, " AND ");
}
