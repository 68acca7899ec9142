import { z } from "zod";
import { type Outcome, ok } from "@/core/refusals";
import { Rule } from "@/core/rules/schema";
import { sql, unscoped } from "@/platform/db";
import { useCase } from "../access/use-case";
import { askedWhere } from "../members/where";
import { sampleOf } from "./sample";

const Estimate = z.object({
  count: z.int(),
  of: z.int().describe("known members"),
  isExact: z.boolean(),
  error: z.int().describe("half the width of the 95 % interval, in members; 0 when exact"),
});
type Estimate = z.infer<typeof Estimate>;

/** How many members a rule holds, while it is being edited: exact in a small workspace, else from a hashed sample with its error. */
export const estimateSegment = useCase({
  may: "segment.read",
  input: z.strictObject({ rule: Rule }),
  output: Estimate,
  says: "How many members a rule holds, at once: an estimate with its error where there are many",
  async run({ tx, actor: { workspace }, now }, { rule }): Promise<Outcome<Estimate>> {
    const where = await askedWhere(tx, workspace, rule, now);
    if (!where.ok) return where;
    // Under row-level security the sample's index is out of reach: the hash is not leakproof. The workspace is in the condition.
    return unscoped(tx, async () => {
      const sample = await sampleOf(tx, workspace);
      const row = await tx.one<{ hits: number; n: number }>(sql`
        SELECT count(*) FILTER (WHERE ${where.value})::int AS hits, count(*)::int AS n FROM member m WHERE ${sample.where}`);
      return ok(estimate(row?.hits ?? 0, row?.n ?? 0, sample.share));
    });
  },
});

/** The normal approximation with the finite population's correction; of no hits in a sample, the rule of three. */
export function estimate(hits: number, n: number, share: number): Estimate {
  if (share === 1 || n === 0) return { count: hits, of: n, isExact: true, error: 0 };
  const p = hits / n;
  const deviation = Math.sqrt(((p * (1 - p)) / n) * (1 - share));
  const half = hits === 0 || hits === n ? 3 / n : 1.96 * deviation;
  const of = Math.round(n / share);
  return { count: Math.round(p * of), of, isExact: false, error: Math.ceil(half * of) };
}
