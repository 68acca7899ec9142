"use client";
import { Autocomplete, type AutocompleteProps, NumberInput, Select, TagsInput } from "@mantine/core";
import { useState } from "react";
import { useFormatter } from "use-intl";
import type { Leaf, Literal, Operand } from "@/core/rules/rule";
import { useT } from "../../../_i18n/use-t";
import { typedNumber } from "../../../_ui/fields/typed-number";
import { DayInput } from "../../../_ui/time/day-input";
import { OfferSelect } from "../../fields/offers/offer-select";
import { useTags } from "../../fields/use-tags";
import { decimals, toMajor, toMinor } from "../../money";
import { useShelf } from "../../shelf";
import classes from "../builder.module.css";
import counts from "../counts/live-count.module.css";
import type { Field } from "../fields";
import { endOf, pairOf } from "../fresh";
import { OPERATORS } from "../operators";
import { ManyOffers } from "./many-offers";
import { useOptions } from "./use-options";
import { countOf, useCounted, useValues } from "./use-values";

const NONE: string[] = [];
/** The server has searched already. */
const asListed: NonNullable<AutocompleteProps["filter"]> = ({ options }) => options;
/** A list is searched by typing, not read to its end. */
const MOST_SHOWN = 100;

/** The value a field is compared with, by the field's type: money in major units on the screen, minor in the document. */
export function ValueInput({
  label,
  leaf,
  field,
  given,
  tags,
  onChange,
}: {
  label: string;
  leaf: Leaf;
  field: Field;
  /** Offers that the journey gives itself: they are meant more likely than others. */
  given: string[];
  /** Tags that its steps give and take: they need not be in use yet. */
  tags: string[];
  onChange(value: Operand | undefined): void;
}) {
  const t = useT("designerFields");
  const { arity } = OPERATORS[leaf.is];
  const list: Literal[] = Array.isArray(leaf.value) ? leaf.value : [];
  if (arity === "days")
    return (
      <div className={classes.values}>
        <NumberInput
          size="xs"
          aria-label={t("days")}
          min={0}
          max={36500}
          allowDecimal={false}
          allowNegative={false}
          value={typeof leaf.value === "number" ? leaf.value : ""}
          onChange={(next) => onChange(typedNumber(next))}
        />
        <span className={classes.word}>{t("days")}</span>
      </div>
    );
  if (arity === "two") {
    const [from, to] = [endOf(list[0]), endOf(list[1])];
    return (
      <div className={classes.values}>
        <One field={field} label={`${label} 1`} value={from} onChange={(next) => onChange(pairOf(next, to))} />
        <span className={classes.word}>{t("and2")}</span>
        <One field={field} label={`${label} 2`} value={to} onChange={(next) => onChange(pairOf(from, next))} />
      </div>
    );
  }
  if (arity === "many")
    return field.refers === "offer" ? (
      <ManyOffers value={list.filter((one) => typeof one === "string")} given={given} onChange={onChange} />
    ) : (
      <Many label={label} field={field} value={list} tags={tags} onChange={onChange} />
    );
  return (
    <div className={classes.values}>
      <One
        field={field}
        label={label}
        value={Array.isArray(leaf.value) || typeof leaf.value === "object" ? undefined : leaf.value}
        given={given}
        tags={tags}
        onChange={onChange}
      />
    </div>
  );
}

type OneProps = {
  field: Field;
  label: string;
  value: Literal | undefined;
  given?: string[];
  tags?: string[];
  onChange(value: Literal | undefined): void;
};

function One({ field, label, value, given = [], tags: own = NONE, onChange }: OneProps) {
  const t = useT("designerFields");
  const { currency, locale } = useShelf();
  const [search, setSearch] = useState("");
  const options = useOptions(field, search, typeof value === "string" ? [value] : NONE);
  const [isOpen, setOpen] = useState(false);
  const typed = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const values = useValues(field, isOpen, options ? "" : typed);
  const counted = useCounted(values);
  const isTag = field.refers === "tag";
  const tags = useTags(own, isTag ? typed : "");
  if (field.refers === "offer")
    return <OfferSelect isBare size="xs" label={label} value={typed || undefined} first={given} onChange={onChange} />;
  if (options)
    return (
      <Select
        size="xs"
        searchable
        onSearchChange={setSearch}
        onDropdownOpen={() => setOpen(true)}
        renderOption={counted}
        aria-label={label}
        placeholder={t("value")}
        data={
          typeof value === "string" && !options.some((one) => one.value === value)
            ? [{ value, label: value }, ...options]
            : options
        }
        value={typeof value === "string" ? value : null}
        comboboxProps={{ zIndex: 200 }}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  switch (field.type) {
    case "money":
      return (
        <NumberInput
          size="xs"
          aria-label={label}
          placeholder="0"
          leftSection={symbol(currency, locale)}
          leftSectionWidth={26}
          decimalScale={decimals(currency)}
          thousandSeparator=","
          value={typeof value === "number" ? toMajor(value, currency) : ""}
          onChange={(next) => onChange(toMinor(typedNumber(next), currency))}
        />
      );
    case "count":
    case "number":
      return (
        <NumberInput
          size="xs"
          aria-label={label}
          thousandSeparator=","
          allowDecimal={field.type === "number"}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(typedNumber(next))}
        />
      );
    case "boolean":
      return (
        <Select
          size="xs"
          aria-label={label}
          data={[
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
          value={value === undefined ? null : String(value)}
          comboboxProps={{ zIndex: 200 }}
          onChange={(next) => onChange(next === null ? undefined : next === "true")}
        />
      );
    case "date":
    case "instant":
      return (
        <DayInput
          size="xs"
          aria-label={label}
          value={typeof value === "string" ? value : ""}
          onChange={(day) => onChange(day || undefined)}
        />
      );
    case "text":
    case "list":
      return (
        <Autocomplete
          size="xs"
          aria-label={label}
          placeholder={t("value")}
          data={isTag ? tags : [...values.keys()]}
          {...(!isTag && { filter: asListed })}
          limit={MOST_SHOWN}
          renderOption={counted}
          comboboxProps={{ zIndex: 200 }}
          value={typed}
          onFocus={() => setOpen(true)}
          onChange={(next) => onChange(values.get(next)?.value ?? (next || undefined))}
        />
      );
    default:
      return field.type satisfies never;
  }
}

function Many({
  label,
  field,
  value,
  tags: own,
  onChange,
}: {
  label: string;
  field: Field;
  value: Literal[];
  tags: string[];
  onChange(value: Operand | undefined): void;
}) {
  const { currency } = useShelf();
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const options = useOptions(
    field,
    query,
    value.filter((one) => typeof one === "string"),
  );
  const values = useValues(field, isOpen, options ? "" : query);
  const tags = useTags(own, field.refers === "tag" ? query : "");
  const byLabel = new Map(options?.map(({ value, label }) => [label, value]));
  const format = useFormatter();
  const isNumber = field.type === "money" || field.type === "count" || field.type === "number";
  const shown = value.map(
    (one) =>
      options?.find((option) => option.value === one)?.label ??
      (field.type === "money" && typeof one === "number" ? String(toMajor(one, currency)) : String(one)),
  );
  const read = (text: string): Literal[] => {
    const option = options?.find((one) => one.label === text || one.value === text);
    if (option) return [option.value];
    if (!isNumber) return [values.get(text)?.value ?? text];
    const number = Number(text);
    return Number.isFinite(number) ? [field.type === "money" ? (toMinor(number, currency) ?? 0) : number] : [];
  };
  return (
    <TagsInput
      size="xs"
      aria-label={label}
      data={options?.map((one) => one.label) ?? (field.refers === "tag" ? tags : [...values.keys()])}
      limit={MOST_SHOWN}
      searchValue={query}
      onSearchChange={setQuery}
      renderOption={({ option }) => {
        const count = countOf(values, byLabel.get(option.value) ?? option.value);
        return (
          <span className={counts.option}>
            <span>{option.value}</span>
            {count !== undefined && <small>{format.number(count)}</small>}
          </span>
        );
      }}
      onDropdownOpen={() => setOpen(true)}
      value={shown}
      comboboxProps={{ zIndex: 200 }}
      acceptValueOnBlur
      onChange={(texts) => {
        const list = texts.flatMap(read);
        onChange(list.length > 0 ? list : undefined);
      }}
    />
  );
}

const symbol = (currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value ?? currency;
