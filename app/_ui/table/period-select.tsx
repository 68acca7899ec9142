"use client";
import { Select, Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";

// The calendar is most of a page's script, and few lists are narrowed by days.
const DayRange = dynamic(() => import("./day-range").then(({ DayRange }) => DayRange), {
  loading: () => <Skeleton w={230} h={36} />,
});

export type Period = { within: string | null; from: string | null; to: string | null };

/** Narrows a list in time: a period that ends now, or days of one's own. */
export function PeriodSelect({
  label,
  period: { within, from, to },
  onChange,
}: {
  /** Which of a line's instants is meant. */
  label: string;
  period: Period;
  onChange(period: Period): void;
}) {
  const t = useT("common");
  const [isChoosing, setChoosing] = useState(false);
  const hasDays = isChoosing || from !== null || to !== null;
  return (
    <>
      <Select
        aria-label={label}
        placeholder={t("anyTime")}
        title={label}
        clearable
        miw={104}
        value={hasDays ? "days" : within}
        onChange={(chosen) => {
          setChoosing(chosen === "days");
          onChange({ within: chosen === "days" ? null : chosen, from: null, to: null });
        }}
        data={[
          { value: "hour", label: t("lastHour") },
          { value: "day", label: t("lastDay") },
          { value: "week", label: t("lastWeek") },
          { value: "days", label: t("ownDays") },
        ]}
        data-testid="period"
      />
      {hasDays && (
        <DayRange from={from} to={to} onChange={(first, last) => onChange({ within: null, from: first, to: last })} />
      )}
    </>
  );
}
