"use client";
import { ActionIcon, Select, Tooltip } from "@mantine/core";
import { IconArrowsLeftRight } from "@tabler/icons-react";
import { useState } from "react";
import type { Leaf, Operator } from "@/core/rules/rule";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useShelf } from "../../shelf";
import classes from "../builder.module.css";
import { FieldPicker } from "../field-picker";
import { type Field, fieldAt } from "../fields";
import { freshLeaf, withOperator } from "../fresh";
import { nameOf, OPERATORS, operatorsFor } from "../operators";
import { typeAsked } from "../seen-fields";
import { comparable, OtherField } from "./other-field";
import type { RowProps } from "./row-props";
import { TypeOfOwn } from "./type-of-own";
import { ValueInput } from "./value-input";

/** A field, how it compares, and the value or the other field it is compared with. */
export function LeafRow({ leaf, scope, onPick, onChange, onRemove }: RowProps & { leaf: Leaf }) {
  const t = useT("designerFields");
  const { locale } = useShelf();
  const known = fieldAt(leaf.field, scope);
  // What was chosen last counts as long as the value is not told: a comparison alone does not say its type.
  const [chosen, setChosen] = useState<{ path: string; type: Field["type"] }>();
  const isChosen = chosen?.path === leaf.field && leaf.value === undefined;
  const field = { ...known, type: isChosen ? chosen.type : typeAsked(leaf, known) };
  const [isTyping, setTyping] = useState(false);
  const operators = operatorsFor(field);
  const offered: Operator[] = operators.includes(leaf.is) ? operators : [leaf.is, ...operators];
  const { arity } = OPERATORS[leaf.is];
  const others = comparable(field, scope);
  // Nobody knows a coupon's id by heart: the run's own coupons are offered, by name, before one is typed.
  const issued =
    field.refers === "coupon" ? others.filter(({ of, refers }) => of === "coupon" && refers === "coupon") : [];
  const given = (scope.coupons ?? []).flatMap(({ given: own = [] }) => own);
  const isOther =
    (typeof leaf.value === "object" && !Array.isArray(leaf.value)) ||
    (leaf.value === undefined && arity === "one" && issued.length > 0 && !isTyping);
  const named = (what: string) => t("ofRow", { what, row: field.name[locale] });
  const set = (value: Leaf["value"]) =>
    onChange(value === undefined ? { field: leaf.field, is: leaf.is } : { ...leaf, value });
  return (
    <>
      <div className={classes.head}>
        <FieldPicker
          scope={scope}
          onPick={onPick}
          target={(open) => (
            <button type="button" className={classes.subject} onClick={open} aria-label={named(t("field"))}>
              <span>{field.name[locale]}</span>
              <span className={classes.whose}>{field.of === "event" ? "" : t(`of.${field.of}`)}</span>
            </button>
          )}
        />
        <span style={{ flex: 1 }} />
        {arity === "one" && others.length > 0 && (
          <Tooltip label={isOther ? t("compareValue") : t("compareWith")}>
            <ActionIcon
              size={24}
              variant={isOther ? "light" : "subtle"}
              color={isOther ? undefined : "gray"}
              aria-label={named(t(isOther ? "compareValue" : "compareWith"))}
              aria-pressed={isOther}
              onClick={() => {
                setTyping(isOther);
                set(isOther ? undefined : { field: others[0]?.path ?? "" });
              }}
            >
              <IconArrowsLeftRight size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={named(t("removeCondition"))} onClick={onRemove}>
          <Icon name="close" size={14} />
        </ActionIcon>
      </div>
      <TypeOfOwn
        field={field}
        onChange={(type) => {
          setChosen({ path: leaf.field, type });
          onChange(freshLeaf({ ...field, type }));
        }}
      />
      <div className={classes.compare} data-wide={arity === "none" || arity === "two" || arity === "many" || undefined}>
        <Select
          size="xs"
          aria-label={named(t("operator"))}
          data={offered.map((one) => ({ value: one, label: nameOf(one, field)[locale] }))}
          value={leaf.is}
          comboboxProps={{ zIndex: 200, width: 200, position: "bottom-start" }}
          onChange={(next) => {
            const is = offered.find((one) => one === next);
            if (is) onChange(withOperator(leaf, is));
          }}
        />
        {arity !== "none" && (
          <div className={classes.value} data-value>
            {isOther ? (
              <OtherField
                label={named(t("compareWith"))}
                value={leaf.value}
                others={issued.length > 0 ? [...new Set([...issued, ...others])] : others}
                scope={scope}
                onChange={set}
              />
            ) : (
              <ValueInput
                label={named(t("value"))}
                leaf={leaf}
                field={field}
                given={given}
                tags={scope.tags ?? []}
                onChange={set}
              />
            )}
          </div>
        )}
      </div>
    </>
  );
}
