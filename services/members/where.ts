import type { WorkspaceId } from "@/core/ids";
import { type Outcome, ok, refuse } from "@/core/refusals";
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

/** A stored segment as a condition on `member m`. */
export async function segmentWhere(tx: Tx, workspace: WorkspaceId, segment: string, now: Date): Promise<Outcome<Sql>> {
  const found = await tx.one<{ rule: Rule }>(
    sql`SELECT rule FROM segment WHERE workspace_id = ${workspace} AND id = ${segment} AND state <> 'deleted'`,
  );
  return found ? ruleWhere(tx, workspace, found.rule, now) : refuse("not_found", "no such segment", ["segment"]);
}
