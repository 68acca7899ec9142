"use client";
import type { CalendarProps } from "@mantine/dates";
import { useMemo } from "react";
import { type DateTimeFormatOptions, useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";

type Words = Pick<CalendarProps, "monthLabelFormat" | "yearLabelFormat" | "getDayAriaLabel" | "ariaLabels">;

/** What the calendars of date fields say, shown and to screen readers, in the reader's language and its own order of year, month and day. */
export function useCalendarWords(): Words {
  const t = useT("common");
  const format = useFormatter();
  return useMemo(() => {
    const written = (parts: DateTimeFormatOptions) => (day: string) =>
      format.dateTime(new Date(`${day}T00:00:00Z`), { ...parts, timeZone: "UTC" });
    return {
      monthLabelFormat: written({ year: "numeric", month: "long" }),
      yearLabelFormat: written({ year: "numeric" }),
      getDayAriaLabel: written({ year: "numeric", month: "long", day: "numeric", weekday: "long" }),
      ariaLabels: {
        previousMonth: t("monthBefore"),
        nextMonth: t("monthAfter"),
        previousYear: t("yearBefore"),
        nextYear: t("yearAfter"),
        previousDecade: t("decadeBefore"),
        nextDecade: t("decadeAfter"),
      },
    };
  }, [format, t]);
}
