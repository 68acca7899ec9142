"use client";
import { DatePickerInput } from "@mantine/dates";
import { useT } from "../../_i18n/use-t";

/** Two days of the workspace's calendar, the second included; either may be open while one chooses. */
export function DayRange({
  from,
  to,
  onChange,
}: {
  from: string | null;
  to: string | null;
  onChange(from: string | null, to: string | null): void;
}) {
  const t = useT("common");
  return (
    <DatePickerInput
      type="range"
      allowSingleDateInRange
      clearable
      aria-label={t("days")}
      placeholder={t("days")}
      valueFormat="YYYY-MM-DD"
      w={230}
      value={[from, to]}
      onChange={([first, last]) => onChange(first, last)}
      clearButtonProps={{ "aria-label": t("clearFilters") }}
    />
  );
}
