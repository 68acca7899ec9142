"use client";
import { useLocale } from "use-intl";
import { isMoneyFact } from "@/core/audit/money-fact";
import { isMoneySetting, settingName, settingValue } from "@/core/audit/setting-names";
import type { AuditLine } from "@/services/audit/list";
import { useT } from "../../_i18n/use-t";
import { useMoney } from "../../_ui/loyalty/money";
import classes from "./audit.module.css";

/** What an action was given, field by field; fields without words of their own keep the name programs know them by. */
export function Facts({ facts }: { facts: AuditLine["facts"] }) {
  const t = useT("auditFields");
  const locale = useLocale();
  const money = useMoney();
  if (facts.length === 0) return null;
  const told = (field: string, value: string): string => {
    if (value === "true" || value === "false") return t(value);
    return isMoneyFact(field) && /^-?\d+$/.test(value) ? money(Number(value)) : value;
  };
  const label = (field: string): string => {
    const last = field.split(".").at(-1) ?? field;
    return t.has(last as never) ? t(last as never) : field;
  };
  const setting = (field: string, value: string): string =>
    settingValue(field, value)?.[locale] ?? (isMoneySetting(field) ? money(Number(value)) : value);
  return (
    <span className={classes.facts}>
      {facts.map(({ field, value, before }) =>
        before === undefined ? (
          <span key={field}>
            <small>{label(field)}</small> {told(field, value)}
          </span>
        ) : (
          <span key={field}>
            <small>{settingName(field)?.[locale] ?? field}</small> {setting(field, before)} → {setting(field, value)}
          </span>
        ),
      )}
    </span>
  );
}
