"use client";
import { Group, Input, type MantineSize } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useT } from "../../_i18n/use-t";
import { DayInput } from "./day-input";
import { TimeInput } from "./time-input";

/** A day and a time, YYYY-MM-DDTHH:MM, each in a field of its own; "" as long as one of them is missing. */
export function MomentInput({
  label,
  description,
  value,
  error,
  size = "sm",
  onChange,
  ...more
}: {
  label: string;
  description?: ReactNode;
  value: string;
  error?: ReactNode;
  size?: MantineSize;
  onChange(value: string): void;
  "data-testid"?: string;
}) {
  const t = useT("common");
  // What is half told is nobody's moment yet.
  const [half, setHalf] = useState(() => partsOf(value));
  const said = value === "" ? half : partsOf(value);
  const set = (next: Parts) => {
    setHalf(next);
    onChange(next.day && next.time ? `${next.day}T${next.time}` : "");
  };
  return (
    <Input.Wrapper label={label} description={description} error={error} size={size} labelElement="div" {...more}>
      <Group gap="xs" grow wrap="nowrap" align="start" mt={4} role="group" aria-label={label}>
        <DayInput
          size={size}
          clearable
          aria-label={t("dayOf", { label })}
          value={said.day}
          onChange={(day) => set({ ...said, day })}
        />
        <TimeInput
          size={size}
          label={label}
          isLabelHidden
          value={said.time}
          onChange={(time) => set({ ...said, time })}
        />
      </Group>
    </Input.Wrapper>
  );
}

type Parts = { day: string; time: string };

function partsOf(value: string): Parts {
  const [day = "", time = ""] = value.split("T");
  return { day, time: time.slice(0, 5) };
}
