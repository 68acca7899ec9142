"use client";
import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../icons";

/** A search field that tells what was typed once the typing rests, and shows what is searched by whoever else changes it: a view, a link, Back. */
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
  // What stands in the address, and what was told and has not come there yet.
  const told = useRef([value]);
  const tell = useDebouncedCallback((text: string) => {
    const next = text.trim() || null;
    told.current.push(next);
    onChange(next);
  }, 220);
  useEffect(() => {
    const at = told.current.indexOf(value);
    if (at >= 0) {
      told.current = told.current.slice(at);
      return;
    }
    told.current = [value];
    tell.cancel();
    setTyped(value ?? "");
  }, [value, tell]);
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
