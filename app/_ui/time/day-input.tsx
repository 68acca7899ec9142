"use client";
import { DateInput, type DateInputProps } from "@mantine/dates";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { typedDay } from "./typed-day";

/** A day, YYYY-MM-DD, typed or chosen from a calendar in the reader's language; "" while there is none. Esc closes the calendar first. */
export function DayInput({ value, onChange, ...more }: DayInputProps) {
  const t = useT("common");
  const [isOpen, setOpen] = useState(false);
  return (
    <DateInput
      placeholder="YYYY-MM-DD"
      clearButtonProps={{ "aria-label": t("clearChoice") }}
      {...more}
      valueFormat="YYYY-MM-DD"
      dateParser={typedDay}
      // What a document has from elsewhere need not be a day.
      value={typedDay(value.slice(0, 10))}
      aria-haspopup="dialog"
      // A dialog that it stands in asks for this before it takes an Esc for its own, the designer's panels for what is prevented.
      data-mantine-stop-propagation={isOpen || undefined}
      onKeyDown={(event) => {
        if (event.key === "Escape" && isOpen) event.preventDefault();
      }}
      // Above the dialogs and panels that it stands in.
      popoverProps={{ zIndex: 400, onOpen: () => setOpen(true), onClose: () => setOpen(false) }}
      onChange={(day) => onChange(day ?? "")}
    />
  );
}

type DayInputProps = Omit<
  DateInputProps,
  "value" | "onChange" | "onKeyDown" | "valueFormat" | "dateParser" | "popoverProps"
> & {
  value: string;
  onChange(value: string): void;
};
