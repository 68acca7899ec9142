"use client";
import { ActionIcon, NumberInput, Select, Tooltip } from "@mantine/core";
import { IconArrowsLeftRight } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Behaviour, Leaf, Operator, Rule } from "@/core/rules/rule";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { EventSelect } from "../fields/event-select";
import { decimals, toMajor, toMinor } from "../money";
import { useFindingsAt } from "../problems/findings";
import { type Path, placeKey } from "../problems/place";
import { useShelf } from "../shelf";
import classes from "./builder.module.css";
import { FieldPicker } from "./field-picker";
import { type Field, fieldAt, fieldsIn, type RuleScope } from "./fields";
import { freshLeaf, withOperator } from "./fresh";
import { nameOf, OPERATORS, operatorsFor } from "./operators";
import { typeAsked } from "./seen-fields";
import { TypeOfOwn } from "./type-of-own";
import { ValueInput } from "./value-input";

type RowProps = {
  scope: RuleScope;
  onPick(rule: Rule): void;
  onChange(rule: Rule): void;
  onRemove(): void;
};

/** One condition: what, how it compares, with what. */
export function RuleRow({
  rule,
  at,
  isPicked,
  onReached,
  ...shared
}: RowProps & {
  rule: Rule;
  /** Where it stands in its step's config; undefined of a rule that is no step's. */
  at: Path | undefined;
  /** What it is about was chosen just now: the keyboard goes on with its value. */
  isPicked: boolean;
  /** The keyboard has come to the value. */
  onReached(): void;
}) {
  const row = useValueFocus({ isPicked, onReached });
  const found = useFindingsAt(at);
  const worst = found.find(({ severity }) => severity === "error")?.severity ?? found[0]?.severity;
  return (
    <div
      ref={row}
      className={classes.row}
      data-place={at && placeKey(at)}
      data-worst={worst}
      data-testid={"field" in rule ? `rule-row-${rule.field}` : "rule-row-did"}
    >
      {"did" in rule && <BehaviourRow rule={rule} {...shared} />}
      {"field" in rule && <LeafRow leaf={rule} {...shared} />}
      {found.map(({ says }) => (
        <p key={says} className={classes.wrong} data-testid="rule-problem">
          {says}
        </p>
      ))}
    </div>
  );
}

/** Takes the keyboard to a row's value once its field is chosen; where it has none, to the first thing it asks. */
function useValueFocus({ isPicked, onReached }: { isPicked: boolean; onReached(): void }) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isPicked) return;
    const find = (what: string) => row.current?.querySelector<HTMLElement>(what);
    (find("[data-value] :is(input:not([type=hidden]), button)") ?? find("input:not([type=hidden])"))?.focus();
    onReached();
  }, [isPicked, onReached]);
  return row;
}

function LeafRow({ leaf, scope, onPick, onChange, onRemove }: RowProps & { leaf: Leaf }) {
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
  const set = (value: Leaf["value"]) =>
    onChange(value === undefined ? { field: leaf.field, is: leaf.is } : { ...leaf, value });
  return (
    <>
      <div className={classes.head}>
        <FieldPicker
          scope={scope}
          onPick={onPick}
          target={(open) => (
            <button
              type="button"
              className={classes.subject}
              onClick={open}
              aria-label={`${t("field")}: ${field.name[locale]}`}
            >
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
              aria-label={isOther ? t("compareValue") : t("compareWith")}
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
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={t("removeCondition")} onClick={onRemove}>
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
          aria-label={t("operator")}
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
                value={leaf.value}
                others={issued.length > 0 ? [...new Set([...issued, ...others])] : others}
                scope={scope}
                onChange={set}
              />
            ) : (
              <ValueInput leaf={leaf} field={field} given={given} onChange={set} />
            )}
          </div>
        )}
      </div>
    </>
  );
}

/** Fields of the same nature elsewhere: this order's store against the entry's, a redeemed coupon against the run's. */
function comparable(field: Field, scope: RuleScope): Field[] {
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

function OtherField({
  value,
  others,
  scope,
  onChange,
}: {
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
      aria-label={t("compareWith")}
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

function BehaviourRow({ rule, scope, onPick, onChange, onRemove }: RowProps & { rule: Behaviour }) {
  const t = useT("designerFields");
  const { currency } = useShelf();
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
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={t("removeCondition")} onClick={onRemove}>
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
          aria-label={t("operator")}
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
          aria-label={t("value")}
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
          aria-label={t("measure")}
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
          aria-label={t("days")}
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
