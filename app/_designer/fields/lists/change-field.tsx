"use client";
import { Autocomplete, Input, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { eventKind } from "@/core/events/catalogue";
import { useT } from "../../../_i18n/use-t";
import { typedNumber } from "../../../_ui/fields/typed-number";
import { useSay } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { entryEvent } from "../rule-scope";

const HOWS = ["value", "event", "add", "unset"] as const;
type How = (typeof HOWS)[number];
const isHow = (value: unknown): value is How => HOWS.some((how) => how === value);
const part = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;

const fresh = (is: How): object =>
  is === "value" ? { is, value: "" } : is === "event" ? { is, property: "" } : is === "add" ? { is, by: 1 } : { is };

/** How an attribute changes: to a fixed value, to one of the starting event's properties, by a number, or to nothing. */
export function ChangeField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const say = useSay();
  const entry = useDesigner((state) => entryEvent(state.document));
  const is = part(value, "is");
  const how = isHow(is) ? is : "value";
  const property = part(value, "property");
  const by = part(value, "by");
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        <Select
          aria-label={t("changeHow")}
          data={HOWS.map((one) => ({ value: one, label: t(`change.${one}`) }))}
          value={how}
          allowDeselect={false}
          comboboxProps={{ zIndex: 200 }}
          onChange={(next) => {
            if (isHow(next)) onChange(fresh(next));
          }}
        />
        {how === "value" && (
          <Constant value={part(value, "value")} onChange={(next) => onChange({ is: how, value: next })} />
        )}
        {how === "event" && (
          <Autocomplete
            label={t("property")}
            data={Object.keys(eventKind(entry ?? "")?.properties ?? {})}
            value={typeof property === "string" ? property : ""}
            comboboxProps={{ zIndex: 200 }}
            onChange={(next) => onChange({ is: how, property: next })}
          />
        )}
        {how === "add" && (
          <NumberInput
            label={t("by")}
            value={typeof by === "number" ? by : ""}
            onChange={(next) => {
              const by = typedNumber(next);
              onChange({ is: how, ...(by !== undefined && { by }) });
            }}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}

function Constant({ value, onChange }: { value: unknown; onChange(value: string | number | boolean): void }) {
  const t = useT("designerActions");
  const type = typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "text";
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t("typeOf")}
        data={(["text", "number", "boolean"] as const).map((one) => ({ value: one, label: t(`type.${one}`) }))}
        value={type}
        onChange={(next) => onChange(next === "number" ? 1 : next === "boolean" ? true : "")}
      />
      {type === "text" && (
        <TextInput
          aria-label={t("value")}
          value={typeof value === "string" ? value : ""}
          maxLength={500}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {type === "number" && (
        <NumberInput
          aria-label={t("value")}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => {
            const number = typedNumber(next);
            if (number !== undefined) onChange(number);
          }}
        />
      )}
      {type === "boolean" && (
        <SegmentedControl
          aria-label={t("value")}
          data={[
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
          value={String(value)}
          onChange={(next) => onChange(next === "true")}
        />
      )}
    </>
  );
}
