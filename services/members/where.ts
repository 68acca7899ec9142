import type { WorkspaceId } from "@/core/ids";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { ownRowFirst } from "@/core/rules/own-row";
import type { Rule } from "@/core/rules/rule";
import { toSql } from "@/core/rules/to-sql";
import { unanswerable } from "@/core/rules/unfit";
import { Sql, sql, type Tx } from "@/platform/db";

/** A rule as a condition on `member m`; a segment's rule reads members only, so an event's field is refused by name. */
export async function ruleWhere(tx: Tx, workspace: WorkspaceId, rule: Rule, now: Date): Promise<Outcome<Sql>> {
  const home = await tx.one<{ zone: string }>(sql`SELECT time_zone AS zone FROM workspace WHERE id = ${workspace}`);
  if (!home) return refuse("not_found");
  const made = toSql(rule, { workspace, asOf: now.getTime(), zone: home.zone });
  return made.ok
    ? ok(new Sql(made.parts, made.values))
    : refuse("invalid", `a segment cannot ask for ${made.field}`, ["rule"]);
}

/** A rule that someone asks with now, as `ruleWhere`: what no member can answer is refused with its place, never counted as nobody. */
export async function askedWhere(tx: Tx, workspace: WorkspaceId, rule: Rule, now: Date): Promise<Outcome<Sql>> {
  const wrong = unanswerable(rule);
  return wrong ? refuse("invalid", wrong.says, ["rule", ...wrong.path]) : ruleWhere(tx, workspace, rule, now);
}

/** Two conditions that both must hold, for counting: what a member's own row answers, and what has to be looked up for each. */
export type InTwo = { own: Sql; others: Sql };

/** As `askedWhere`, or `segmentWhere` of a stored segment, in two. */
export async function whereInTwo(
  tx: Tx,
  workspace: WorkspaceId,
  { rule: asked, segment }: { rule?: Rule | undefined; segment?: string | undefined },
  now: Date,
): Promise<Outcome<InTwo>> {
  const wrong = asked && unanswerable(asked);
  if (wrong) return refuse("invalid", wrong.says, ["rule", ...wrong.path]);
  const rule = asked ?? (await storedRule(tx, workspace, segment ?? ""));
  if (!rule) return refuse("not_found", "no such segment", ["segment"]);
  const parts = ownRowFirst(rule);
  const own = await ruleWhere(tx, workspace, parts.own, now);
  if (!own.ok) return own;
  const others = await ruleWhere(tx, workspace, parts.others, now);
  return others.ok ? ok({ own: own.value, others: others.value }) : others;
}

/** A stored segment as a condition on `member m`. */
export async function segmentWhere(tx: Tx, workspace: WorkspaceId, segment: string, now: Date): Promise<Outcome<Sql>> {
  const rule = await storedRule(tx, workspace, segment);
  return rule ? ruleWhere(tx, workspace, rule, now) : refuse("not_found", "no such segment", ["segment"]);
}

const storedRule = async (tx: Tx, workspace: WorkspaceId, segment: string): Promise<Rule | undefined> =>
  (
    await tx.one<{ rule: Rule }>(
      sql`SELECT rule FROM segment WHERE workspace_id = ${workspace} AND id = ${segment} AND state <> 'deleted'`,
    )
  )?.rule;
