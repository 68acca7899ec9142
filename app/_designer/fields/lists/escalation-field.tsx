"use client";
import { Input, SegmentedControl, Select } from "@mantine/core";
import { STAFF_OPTIONS } from "@/core/journey/parts/staff";
import { useT } from "../../../_i18n/use-t";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { DurationField } from "../time/duration-field";

const part = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;

/** When a task that stays open becomes another role's too. */
export function EscalationField(props: FieldProps) {
  const { meta, value, error, onChange } = props;
  const t = useT("designerActions");
  const say = useSay();
  const isOn = part(value, "is") === "after";
  const [duration, role] = [part(value, "duration"), part(value, "role")];
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        <SegmentedControl
          fullWidth
          aria-label={say(meta.label)}
          data={[
            { value: "none", label: t("escalation.none") },
            { value: "after", label: t("escalation.after") },
          ]}
          value={isOn ? "after" : "none"}
          onChange={(next) =>
            onChange(next === "after" ? { is: "after", duration: "P1D", role: "ops" } : { is: "none" })
          }
        />
        {isOn && (
          <>
            <DurationField
              {...props}
              error={undefined}
              meta={{ field: "duration", label: { en: "After", "zh-CN": "超过" } }}
              value={duration}
              onChange={(next) => onChange({ is: "after", duration: next, role })}
            />
            <Select
              label={t("escalation.to")}
              data={STAFF_OPTIONS.map((option) => ({ value: option.value, label: say(option.label) }))}
              value={typeof role === "string" ? role : null}
              allowDeselect={false}
              comboboxProps={{ zIndex: 200 }}
              onChange={(next) => onChange({ is: "after", duration, role: next })}
            />
          </>
        )}
      </div>
    </Input.Wrapper>
  );
}
