"use client";
import { Button, NumberInput, Select, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocale } from "use-intl";
import { eventKind } from "@/core/events/catalogue";
import { minorDigits } from "@/core/events/money";
import type { Property } from "@/core/events/property";
import { valueName } from "@/core/events/value-names";
import { useT } from "../../_i18n/use-t";
import { typedNumber } from "../fields/typed-number";
import { usePropertyWords } from "../names/use-property-words";
import { DayInput } from "../time/day-input";
import { useWorkspace } from "../workspace";
import classes from "./test-event.module.css";

type Values = Record<string, unknown>;

/** An event's properties as a form by the catalogue; `onChange` gets all of them, a property without a value left out. */
export function PropertyFields({
  event,
  values,
  onChange,
}: {
  event: string;
  values: Values;
  onChange(values: Values): void;
}) {
  const t = useT("events");
  const [isAll, setAll] = useState(false);
  const known = Object.entries(eventKind(event)?.properties ?? {});
  const own = Object.keys(values).filter((name) => !known.some(([one]) => one === name));
  const shown = isAll ? known : known.filter(([name, { required }]) => required || values[name] !== undefined);
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = values;
    onChange(value === undefined || value === "" ? rest : { ...values, [name]: value });
  };
  return (
    <Stack gap="sm">
      {shown.map(([name, property]) => (
        <Field
          key={name}
          event={event}
          name={name}
          property={property}
          value={values[name]}
          onChange={(value) => set(name, value)}
        />
      ))}
      {own.map((name) => (
        <TextInput key={name} label={name} value={plain(values[name])} readOnly description={t("testOwn")} />
      ))}
      {shown.length < known.length && (
        <Button variant="subtle" size="compact-sm" className={classes.more} onClick={() => setAll(true)}>
          {t("testMore", { count: known.length - shown.length })}
        </Button>
      )}
      {known.length === 0 && own.length === 0 && <p className={classes.none}>{t("testUnknown")}</p>}
    </Stack>
  );
}

function Field({
  event,
  name,
  property: { type, required, options },
  value,
  onChange,
}: {
  event: string;
  name: string;
  property: Property;
  value: unknown;
  onChange(value: unknown): void;
}) {
  const locale = useLocale();
  const { currency } = useWorkspace();
  const { nameOf, write } = usePropertyWords(event);
  const shared = { label: nameOf(name), withAsterisk: required === true, "data-testid": `property-${name}` };
  const power = minorDigits(currency);
  const text = typeof value === "string" ? value : "";
  const number = typeof value === "number" ? value : "";
  if (options)
    return (
      <Select
        {...shared}
        clearable={!required}
        value={text || null}
        data={options.map((option) => ({ value: option, label: valueName(name, option)?.[locale] ?? option }))}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  switch (type) {
    case "money":
      return (
        <NumberInput
          {...shared}
          prefix={currencySign(currency, locale)}
          decimalScale={power}
          thousandSeparator=","
          value={number === "" ? "" : number / 10 ** power}
          onChange={(next) => {
            const typed = typedNumber(next);
            onChange(typed === undefined ? undefined : Math.round(typed * 10 ** power));
          }}
        />
      );
    case "count":
    case "number":
      return (
        <NumberInput
          {...shared}
          allowDecimal={type === "number"}
          value={number}
          onChange={(next) => onChange(typedNumber(next))}
        />
      );
    case "boolean":
      return (
        <Switch
          label={shared.label}
          checked={value === true}
          onChange={(next) => onChange(next.currentTarget.checked)}
        />
      );
    case "list":
      return (
        <TagsInput
          {...shared}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => onChange(next.length > 0 ? next : undefined)}
        />
      );
    case "items":
      return <ItemsField label={shared.label} said={Array.isArray(value) ? write(name, value) : ""} />;
    case "date":
      return <DayInput {...shared} clearable={!required} value={text} onChange={onChange} />;
    case "instant":
    case "text":
      return <TextInput {...shared} value={text} onChange={(next) => onChange(next.currentTarget.value)} />;
    default:
      return type satisfies never;
  }
}

/** The lines of an order are told, and written as JSON. */
function ItemsField({ label, said }: { label: string; said: string }) {
  const t = useT("events");
  return <TextInput label={label} value={said} readOnly placeholder="—" description={t("testItems")} />;
}

const currencySign = (currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find(({ type }) => type === "currency")?.value ?? "";

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
