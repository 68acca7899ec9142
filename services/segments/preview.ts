import { z } from "zod";
import type { WorkspaceId } from "@/core/ids";
import { type Outcome, ok } from "@/core/refusals";
import { Rule } from "@/core/rules/schema";
import { type Sql, sql } from "@/platform/db";
import { type Call, useCase } from "../access/use-case";
import { askedWhere, type InTwo, segmentWhere, whereInTwo } from "../members/where";
import { counted } from "./view";

const Which = { rule: Rule.optional(), segment: z.uuid().optional() };
const asked = (input: { rule?: unknown; segment?: unknown }) =>
  (input.rule !== undefined) !== (input.segment !== undefined);
const WRONG = { message: "give a rule, or a segment", path: ["rule"] };

/** How many members a rule, or a stored segment, holds now. */
export const countSegment = useCase({
  may: "segment.read",
  input: z.strictObject(Which).refine(asked, WRONG),
  output: z.object({ count: z.int(), of: z.int().describe("all known members") }),
  says: "How many members a rule or a segment holds now",
  async run(call, input) {
    const where = await whereInTwo(call.tx, call.actor.workspace, input, call.now);
    if (!where.ok) return where;
    const row = await call.tx.one<{ count: number; of: number }>(counting(call.actor.workspace, where.value));
    return ok({ count: row?.count ?? 0, of: row?.of ?? 0 });
  },
});

/**
 * Counts known members. A statement that looks something up for each member is one core's, so those whom their own row rules out are left out first,
 * which is every core's: a rule of twelve leaves over a million members took twice as long in one.
 */
export const counting = (workspace: WorkspaceId, { own, others }: InTwo): Sql => sql`
  SELECT (SELECT count(*) FROM (SELECT m.* FROM member m WHERE ${counted(workspace)} AND ${own} OFFSET 0) AS m WHERE ${others}) AS count,
    (SELECT count(*) FROM member m WHERE ${counted(workspace)}) AS of`;

const Sampled = z.object({
  id: z.string(),
  name: z.string().nullable(),
  tier: z.string(),
  orders: z.int(),
  spent: z.int(),
});

/** Some members a rule, or a stored segment, holds: the latest seen first, so that the marketer meets people they know. */
export const sampleSegment = useCase({
  may: "segment.read",
  input: z.strictObject({ ...Which, limit: z.coerce.number().int().min(1).max(50).default(5) }).refine(asked, WRONG),
  output: z.object({ items: z.array(Sampled) }),
  says: "Some of the members a rule or a segment holds",
  async run(call, input) {
    const where = await whereOf(call, input);
    if (!where.ok) return where;
    const items = await call.tx.rows<z.infer<typeof Sampled>>(sql`
      SELECT m.id, m.name, m.tier, m.orders, m.spent FROM member m
      WHERE ${counted(call.actor.workspace)} AND ${where.value}
      ORDER BY m.last_seen_at DESC NULLS LAST, m.id LIMIT ${input.limit}`);
    return ok({ items });
  },
});

async function whereOf(
  { tx, actor: { workspace }, now }: Call,
  { rule, segment }: { rule?: Rule | undefined; segment?: string | undefined },
): Promise<Outcome<Sql>> {
  return rule ? askedWhere(tx, workspace, rule, now) : segmentWhere(tx, workspace, segment ?? "", now);
}
