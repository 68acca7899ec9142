"use client";
import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Icon } from "../icons";

/** A search field that tells what was typed once the typing rests. */
export function SearchInput({
  label,
  value,
  onChange,
  w = 280,
}: {
  label: string;
  value: string | null;
  onChange(value: string | null): void;
  w?: number;
}) {
  const [typed, setTyped] = useState(value ?? "");
  const tell = useDebouncedCallback((text: string) => onChange(text.trim() || null), 220);
  useEffect(() => {
    if (value === null) setTyped("");
  }, [value]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={15} />}
      value={typed}
      w={w}
      maw="100%"
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
