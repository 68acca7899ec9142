import type { MemberId } from "@/core/ids";
import type { Move } from "@/core/plan/advance";
import type { Target } from "@/core/plan/step";
import { drawVariant } from "@/core/policy/draw-variant";
import { sql, type Tx } from "@/platform/db";
import type { At } from "./effects/apply";
import type { Run } from "./run";

type Split = Extract<Move, { is: "split" }>;
type Drawn = { run: Run; target: Target; why: { variant: string; isNew: boolean } };

/**
 * The variants of runs that stand at one split: what their members were first exposed to, over edits, laps and returns; else one
 * drawn and stored now, in one statement. A variant that the drawing has no more is drawn anew. The caller has locked the members.
 */
export async function draw(
  tx: Tx,
  { workspace, now }: At,
  all: readonly { run: Run; move: Split }[],
): Promise<Drawn[]> {
  const [first] = all;
  if (!first) return [];
  const { experiment, shares } = first.move;
  const members = [...new Set(all.map(({ run }) => run.member))].sort();
  const offered = shares.map(({ weight, target }) => ({ weight, port: target.port }));
  const variants = members.map((member) => drawVariant(experiment, member, offered));
  const present = offered.map(({ port }) => port);
  // What the second half reads are rows as they were before the first half wrote: a member is in one of them.
  const rows = await tx.rows<{ member: MemberId; variant: string; isNew: boolean }>(sql`
    WITH drawn AS (SELECT * FROM unnest(${members}::uuid[], ${variants}::text[]) AS d(member_id, variant)),
    fresh AS (
      INSERT INTO exposure (workspace_id, experiment, member_id, variant, at)
      SELECT ${workspace}, ${experiment}, member_id, variant, ${now} FROM drawn ORDER BY member_id
      ON CONFLICT (workspace_id, experiment, member_id) DO UPDATE SET variant = EXCLUDED.variant, at = EXCLUDED.at
        WHERE NOT exposure.variant = ANY(${present}::text[])
      RETURNING member_id, variant)
    SELECT member_id AS member, variant, true AS "isNew" FROM fresh
    UNION ALL
    SELECT e.member_id, e.variant, false FROM exposure e
    WHERE e.workspace_id = ${workspace} AND e.experiment = ${experiment} AND e.member_id = ANY(${members}::uuid[]) AND e.variant = ANY(${present}::text[])`);
  const known = new Map(rows.map(({ member, variant, isNew }) => [member, { variant, isNew }]));
  return all.map(({ run }) => {
    const why = known.get(run.member);
    const target = shares.find((share) => share.target.port === why?.variant)?.target;
    if (!why || !target) throw new Error(`member ${run.member} has no variant of ${experiment}`);
    return { run, target, why };
  });
}
