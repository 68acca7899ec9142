"use client";
import type { AuditLine } from "@/services/audit/list";
import { useT } from "../../_i18n/use-t";
import { useMoney } from "../../_ui/loyalty/money";
import classes from "./audit.module.css";

/** What an action was given, field by field; fields without words of their own keep the name programs know them by. */
export function Facts({ facts }: { facts: AuditLine["facts"] }) {
  const t = useT("auditFields");
  const money = useMoney();
  if (facts.length === 0) return null;
  const told = (field: string, value: string): string => {
    if (value === "true" || value === "false") return t(value);
    return /(^|\.)(amount|discount|threshold|price)$/.test(field) && /^\d+$/.test(value) ? money(Number(value)) : value;
  };
  const label = (field: string): string => {
    const last = field.split(".").at(-1) ?? field;
    return t.has(last as never) ? t(last as never) : field;
  };
  return (
    <span className={classes.facts}>
      {facts.map(({ field, value }) => (
        <span key={field}>
          <small>{label(field)}</small> {told(field, value)}
        </span>
      ))}
    </span>
  );
}
