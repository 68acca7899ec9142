"use client";
import { Input, SegmentedControl } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { DayInput } from "../../../_ui/time/day-input";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { DurationField } from "./duration-field";

const KINDS = ["open", "after", "on"] as const;
type Kind = (typeof KINDS)[number];
const isKind = (value: unknown): value is Kind => KINDS.some((kind) => kind === value);
const part = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;

const fresh = (is: Kind): object =>
  is === "open" ? { is } : is === "after" ? { is, duration: "P12M" } : { is, day: `${new Date().getFullYear()}-12-31` };

/** How long something stays: for good, for a length of time, or through a day. */
export function EndField(props: FieldProps) {
  const { meta, value, error, onChange } = props;
  const t = useT("designerActions");
  const say = useSay();
  const is = part(value, "is");
  const kind = isKind(is) ? is : "open";
  const day = part(value, "day");
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        <SegmentedControl
          fullWidth
          aria-label={say(meta.label)}
          data={KINDS.map((one) => ({ value: one, label: t(`end.${one}`) }))}
          value={kind}
          onChange={(next) => {
            if (isKind(next)) onChange(fresh(next));
          }}
        />
        {kind === "after" && (
          <DurationField
            {...props}
            error={undefined}
            meta={{ field: "duration", label: { en: "For", "zh-CN": "为期" } }}
            value={part(value, "duration")}
            onChange={(duration) => onChange({ is: "after", duration })}
          />
        )}
        {kind === "on" && (
          <DayInput
            label={t("day")}
            value={typeof day === "string" ? day : ""}
            onChange={(next) => onChange({ is: "on", day: next })}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}
