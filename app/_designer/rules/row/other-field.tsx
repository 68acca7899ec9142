"use client";
import { Select } from "@mantine/core";
import type { Leaf } from "@/core/rules/rule";
import { useT } from "../../../_i18n/use-t";
import { useShelf } from "../../shelf";
import { type Field, fieldAt, fieldsIn, type RuleScope } from "../fields";

/** Fields of the same nature elsewhere: this order's store against the entry's, a redeemed coupon against the run's. */
export function comparable(field: Field, scope: RuleScope): Field[] {
  const nature = (one: Field) =>
    one.type === "instant" || one.type === "date"
      ? "time"
      : one.type === "count" || one.type === "number"
        ? "number"
        : one.type;
  return fieldsIn(scope)
    .filter((one) => one.path !== field.path && one.of !== field.of && nature(one) === nature(field))
    .sort((a, b) => affinity(field, b) - affinity(field, a));
}

const affinity = (field: Field, other: Field): number =>
  (field.refers !== undefined && field.refers === other.refers ? 4 : 0) +
  (field.path.split(".").at(-1) === other.path.split(".").at(-1) ? 2 : 0) +
  (other.of === "entry" ? 1 : 0);

/** Chooses the field that a condition compares with, in the place of a value. */
export function OtherField({
  label,
  value,
  others,
  scope,
  onChange,
}: {
  label: string;
  value: Leaf["value"];
  others: Field[];
  scope: RuleScope;
  onChange(value: Leaf["value"]): void;
}) {
  const t = useT("designerFields");
  const { locale } = useShelf();
  const current = typeof value === "object" && !Array.isArray(value) ? value.field : undefined;
  const groups = [...new Set(others.map((one) => one.of))].map((of) => ({
    group: t(`of.${of}`),
    items: others.filter((one) => one.of === of).map((one) => ({ value: one.path, label: one.name[locale] })),
  }));
  const isListed = others.some((one) => one.path === current);
  return (
    <Select
      size="xs"
      searchable
      aria-label={label}
      data={
        isListed || !current ? groups : [{ value: current, label: fieldAt(current, scope).name[locale] }, ...groups]
      }
      placeholder={t("value")}
      value={current ?? null}
      comboboxProps={{ zIndex: 200, width: 260, position: "bottom-end" }}
      onChange={(next) => onChange(next ? { field: next } : undefined)}
    />
  );
}
