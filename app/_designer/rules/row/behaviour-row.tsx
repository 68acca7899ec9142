"use client";
import { ActionIcon, NumberInput, Select } from "@mantine/core";
import type { Behaviour } from "@/core/rules/rule";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useEventName } from "../../../_ui/loyalty/event-name";
import { EventSelect } from "../../fields/event-select";
import { decimals, toMajor, toMinor } from "../../money";
import { useShelf } from "../../shelf";
import classes from "../builder.module.css";
import { FieldPicker } from "../field-picker";
import type { RowProps } from "./row-props";

/** What a member has done so and so often, or for so much, within some days. */
export function BehaviourRow({ rule, scope, onPick, onChange, onRemove }: RowProps & { rule: Behaviour }) {
  const t = useT("designerFields");
  const { currency } = useShelf();
  const eventName = useEventName();
  const named = (what: string) => t("ofRow", { what, row: eventName(rule.did) });
  const isAmount = rule.measure === "amount";
  return (
    <>
      <div className={classes.head}>
        <FieldPicker
          scope={scope}
          onPick={onPick}
          target={(open) => (
            <button type="button" className={classes.subject} onClick={open}>
              <span>{t("of.did")}</span>
            </button>
          )}
        />
        <span style={{ flex: 1 }} />
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={named(t("removeCondition"))} onClick={onRemove}>
          <Icon name="close" size={14} />
        </ActionIcon>
      </div>
      <EventSelect
        label={t("happened")}
        value={rule.did}
        onChange={(did) => {
          if (did !== undefined) onChange({ ...rule, did });
        }}
      />
      <div className={classes.behaviour}>
        <Select
          size="xs"
          aria-label={named(t("operator"))}
          data={[
            { value: "gte", label: t("atLeast") },
            { value: "lt", label: t("lessThan") },
          ]}
          value={rule.is}
          comboboxProps={{ zIndex: 200 }}
          onChange={(next) => onChange({ ...rule, is: next === "lt" ? "lt" : "gte" })}
        />
        <NumberInput
          size="xs"
          hideControls
          aria-label={named(t("value"))}
          min={0}
          allowNegative={false}
          decimalScale={isAmount ? decimals(currency) : 0}
          value={isAmount ? toMajor(rule.value, currency) : rule.value}
          onChange={(next) => {
            if (typeof next === "number")
              onChange({ ...rule, value: isAmount ? (toMinor(next, currency) ?? 0) : next });
          }}
        />
        <Select
          size="xs"
          aria-label={named(t("measure"))}
          data={[
            { value: "count", label: t("times") },
            { value: "amount", label: t("amount") },
          ]}
          value={rule.measure}
          comboboxProps={{ zIndex: 200 }}
          onChange={(next) =>
            onChange({
              ...rule,
              measure: next === "amount" ? "amount" : "count",
              value:
                next === rule.measure
                  ? rule.value
                  : next === "amount"
                    ? (toMinor(rule.value, currency) ?? 0)
                    : Math.max(1, Math.round(toMajor(rule.value, currency))),
            })
          }
        />
      </div>
      <div className={classes.values}>
        <span className={classes.word}>{t("inLast")}</span>
        <NumberInput
          size="xs"
          hideControls
          aria-label={named(t("days"))}
          min={1}
          max={3650}
          allowDecimal={false}
          allowNegative={false}
          placeholder="∞"
          value={rule.days ?? ""}
          onChange={(next) => {
            const { days: _, ...rest } = rule;
            onChange(typeof next === "number" && next > 0 ? { ...rest, days: next } : rest);
          }}
        />
        <span className={classes.word}>{rule.days === undefined ? t("daysEver") : t("days")}</span>
      </div>
    </>
  );
}
