import { z } from "zod";
import { Instant } from "@/core/instant";
import type { JourneyNode } from "@/core/journey/document";
import { type Sql, sql, type Tx } from "@/platform/db";
import type { Actor } from "../access/actor";
import { can } from "../access/may";
import { CALLED } from "../members/called";
import { NamedStep, NODE, nodeAt, withName } from "./named-step";

export const RUN_STATES = ["ready", "parked", "held", "goal", "done", "exited", "failed"] as const;

export const RunLine = z.object({
  id: z.string(),
  journey: z.string(),
  journeyName: z.string(),
  isClosed: z.boolean().describe("its journey is neither live nor paused: nothing can be done to the run"),
  version: z.int(),
  member: z.string(),
  memberName: z.string().nullable(),
  state: z
    .enum(RUN_STATES)
    .describe("ready: about to move on; parked: waits; held: kept out and observed; the others are ends"),
  step: z.string(),
  ...NamedStep.shape,
  enteredAt: Instant,
  endedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  goalAt: Instant.nullable(),
  goalValue: z
    .int()
    .nullable()
    .describe(
      "what reaching the goal was worth, in minor units; null: not reached, a goal without a value, or an event whose money another run of the member counts",
    ),
  reason: z.string().nullable(),
});
export type RunLine = z.infer<typeof RunLine>;

/** The node as it is drawn; its config where a title does not name it already. */
type Row = Omit<RunLine, "nodeSays"> & { config: JourneyNode["config"] | null };

/** Runs by a condition over `r`, in the order given, without names for who may not read members. The node is looked up in the drawing the run is on. */
export async function readRunLines(tx: Tx, actor: Actor, where: Sql, order: Sql, limit: number): Promise<RunLine[]> {
  const rows = await tx.rows<Row>(sql`
    SELECT r.id, r.journey_id AS journey, j.name AS "journeyName", j.state NOT IN ('live', 'paused') AS "isClosed", p.version, r.member_id AS member,
      CASE WHEN ${can(actor, "member.read")} THEN ${CALLED} END AS "memberName", r.state, r.step,
      ${NODE},
      r.entered_at AS "enteredAt", r.ended_at AS "endedAt", r.due_at AS "dueAt", r.goal_at AS "goalAt", r.goal_value AS "goalValue", r.reason
    FROM (SELECT * FROM run r WHERE r.workspace_id = ${actor.workspace} AND ${where} ORDER BY ${order} LIMIT ${limit}) AS r
    JOIN journey j ON j.workspace_id = r.workspace_id AND j.id = r.journey_id
    JOIN plan p ON p.workspace_id = r.workspace_id AND p.id = r.plan_id
    JOIN member m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
    ${nodeAt(sql`r.step`)}
    ORDER BY ${order}`);
  return rows.map(withName);
}
