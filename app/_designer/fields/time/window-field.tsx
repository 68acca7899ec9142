"use client";
import { Chip, Group, Input, SegmentedControl } from "@mantine/core";
import { weekdayName } from "@/core/journey/parts/weekdays";
import { useT } from "../../../_i18n/use-t";
import { TimeInput } from "../../../_ui/time/time-input";
import { useSay } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";

type Draft = { weekdays: number[]; from: string; to?: string };
const ALL = [1, 2, 3, 4, 5, 6, 7];

function readWindow(value: unknown): Draft {
  if (typeof value !== "object" || value === null) return { weekdays: ALL, from: "10:00", to: "20:00" };
  return {
    weekdays:
      "weekdays" in value && Array.isArray(value.weekdays)
        ? value.weekdays.filter((day: unknown): day is number => typeof day === "number")
        : [],
    from: "from" in value && typeof value.from === "string" ? value.from : "",
    ...("to" in value && typeof value.to === "string" && { to: value.to }),
  };
}

/** Weekdays, and the hours of them or one time. */
export function WindowField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerWaits");
  const say = useSay();
  const window = readWindow(value);
  const { weekdays, from, to } = window;
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        <Chip.Group
          multiple
          value={weekdays.map(String)}
          onChange={(next) => onChange({ ...window, weekdays: next.map(Number).sort() })}
        >
          <Group gap={4} role="group" aria-label={t("weekdays")}>
            {ALL.map((day) => (
              <Chip key={day} value={String(day)} size="xs" variant="light">
                {say(weekdayName(day))}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("kind")}
          data={[
            { value: "window", label: t("wholeWindow") },
            { value: "time", label: t("oneTime") },
          ]}
          value={to === undefined ? "time" : "window"}
          onChange={(next) => onChange({ weekdays, from, ...(next === "window" && { to: "20:00" }) })}
        />
        <Group gap={8} wrap="nowrap" align="end">
          <Clock
            label={to === undefined ? t("at") : t("from")}
            time={from}
            onChange={(next) => onChange({ ...window, from: next })}
          />
          {to !== undefined && (
            <Clock label={t("to")} time={to} onChange={(next) => onChange({ ...window, to: next })} />
          )}
        </Group>
        {to !== undefined && to <= from && <p className={classes.hint}>{t("overnight")}</p>}
      </div>
    </Input.Wrapper>
  );
}

function Clock({ label, time, onChange }: { label: string; time: string; onChange(time: string): void }) {
  return (
    <TimeInput
      flex={1}
      label={label}
      value={time}
      onChange={(next) => {
        if (next) onChange(next);
      }}
    />
  );
}
