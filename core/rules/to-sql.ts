import { dayOf, dayPlus } from "../time/day";
import { type Fragment, fragment, joined, words } from "./fragment";
import { leafSql } from "./leaf-sql";
import type { SqlContext } from "./order-sql";
import type { Behaviour, Rule } from "./rule";

export type MemberSql = ({ ok: true } & Fragment) | { ok: false; field: string };

/**
 * A rule over members as a condition on `member m`, true for the members that `evaluate` finds true (a property test holds
 * them together). Never NULL. Refuses a rule that reads an event, a run, or compares a field with a field, naming the field.
 */
export function toSql(rule: Rule, context: SqlContext): MemberSql {
  const stranger = strangerIn(rule);
  return stranger === undefined ? { ok: true, ...write(rule, context) } : { ok: false, field: stranger };
}

function strangerIn(rule: Rule): string | undefined {
  if ("all" in rule) return first(rule.all);
  if ("any" in rule) return first(rule.any);
  if ("not" in rule) return strangerIn(rule.not);
  if ("did" in rule) return undefined;
  if (!rule.field.startsWith("member.")) return rule.field;
  return typeof rule.value === "object" && !Array.isArray(rule.value) ? rule.value.field : undefined;
}

function first(rules: Rule[]): string | undefined {
  for (const rule of rules) {
    const stranger = strangerIn(rule);
    if (stranger !== undefined) return stranger;
  }
  return undefined;
}

function write(rule: Rule, context: SqlContext): Fragment {
  if ("all" in rule)
    return joined(
      rule.all.map((part) => write(part, context)),
      "AND",
      "TRUE",
    );
  if ("any" in rule)
    return joined(
      rule.any.map((part) => write(part, context)),
      "OR",
      "FALSE",
    );
  if ("not" in rule) return fragment`NOT ${write(rule.not, context)}`;
  return "did" in rule ? behaviourSql(rule, context) : leafSql(rule, context);
}

/** Reads by the primary key of `fact` (workspace, member, name, day). */
function behaviourSql(rule: Behaviour, { workspace, asOf, zone }: SqlContext): Fragment {
  const today = dayOf(asOf, zone);
  const since = rule.days === undefined ? words("") : fragment` AND f.day >= ${dayPlus(today, 1 - rule.days)}::date`;
  const sum = fragment`COALESCE((SELECT SUM(${words(rule.measure === "count" ? "f.count" : "f.amount")}) FROM fact f
    WHERE f.workspace_id = ${workspace}::uuid AND f.member_id = m.id AND f.name = ${rule.did}::text AND f.day <= ${today}::date${since}), 0)`;
  return fragment`(${sum} ${words(rule.is === "gte" ? ">=" : "<")} ${rule.value}::bigint)`;
}
