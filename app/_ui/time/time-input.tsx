"use client";
import { TimePicker, type TimePickerProps } from "@mantine/dates";
import { useT } from "../../_i18n/use-t";

/**
 * A time of day, HH:MM, on the 24-hour clock whatever the browser's language; "" while it is not complete. By the keyboard: digits, and the arrows
 * up, down and sideways.
 */
export function TimeInput({
  label,
  isLabelHidden = false,
  ...more
}: Omit<TimePickerProps, "label" | "format" | "withSeconds"> & {
  label: string;
  /** It is told to screen readers only. */
  isLabelHidden?: boolean;
}) {
  const t = useT("common");
  return (
    <TimePicker
      {...more}
      {...(!isLabelHidden && { label })}
      format="24h"
      hoursInputLabel={t("hoursOf", { label })}
      minutesInputLabel={t("minutesOf", { label })}
    />
  );
}
