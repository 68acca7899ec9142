"use client";
import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useT } from "../../../_i18n/use-t";
import { type Field, fieldAt, fieldsIn } from "../../rules/fields";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import { useRuleScope } from "../rule-scope";

const ATTRIBUTE = /^[a-z][a-z0-9_]{0,79}$/;

/** Which date: one of the member's, of the event that started the run or of a coupon of it, or an own attribute by its name. */
export function DateField({ meta, value, node, error, onChange }: FieldProps) {
  const t = useT("designerWaits");
  const say = useSay();
  const scope = useRuleScope(node, undefined);
  const [query, setQuery] = useState("");
  const path = typeof value === "string" ? value : "";
  const data = useMemo(() => {
    const known = fieldsIn(scope).filter((field) => field.type === "date" || field.type === "instant");
    const item = (field: Field) => ({ value: field.path, label: say(field.name) });
    const of = (whose: Field["of"]) => known.filter((field) => field.of === whose).map(item);
    const isKnown = known.some((field) => field.path === path);
    const typed = query.trim();
    const isNew = ATTRIBUTE.test(typed) && path !== `member.attributes.${typed}`;
    const own = [
      ...(path !== "" && !isKnown ? [item(fieldAt(path, scope))] : []),
      ...(isNew ? [{ value: `member.attributes.${typed}`, label: t("attribute", { name: typed }) }] : []),
    ];
    return [
      { group: t("member"), items: of("member") },
      { group: t("entry"), items: of("entry") },
      { group: t("coupon"), items: of("coupon") },
      { group: t("own"), items: own },
    ].filter(({ items }) => items.length > 0);
  }, [path, query, say, scope, t]);
  return (
    <Select
      label={say(meta.label)}
      description={meta.help ? say(meta.help) : t("dateHint")}
      placeholder={t("chooseDate")}
      data={data}
      value={path || null}
      error={error}
      searchable
      openOnFocus={false}
      searchValue={query}
      onSearchChange={setQuery}
      comboboxProps={{ zIndex: 200 }}
      maxDropdownHeight={320}
      onChange={(next) => {
        if (next) onChange(next);
      }}
    />
  );
}
