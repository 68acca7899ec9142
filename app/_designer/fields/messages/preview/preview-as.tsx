"use client";
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../../_i18n/use-t";
import { useApi } from "../../../../_ui/workspace";
import { useDesigner, useEditor } from "../../../store/use-designer";

type Line = { id: string; name: string | null; phone: string | null; email: string | null };
const FRESH_MS = 60_000;

/** Whose details fill the previews: a member found by name, phone or email, or an invented one. */
export function PreviewAs() {
  const p = useT("designerPreview");
  const api = useApi();
  const { store } = useEditor();
  const chosen = useDesigner((state) => state.previewAs);
  const [query, setQuery] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [asked] = useDebouncedValue(query.trim(), 200);
  const { data } = useQuery({
    queryKey: ["preview-as", asked],
    queryFn: ({ signal }) =>
      api.get<{ items: Line[] }>(
        "/members",
        { limit: 8, ...(asked && asked !== chosen?.name && { q: asked }) },
        signal,
      ),
    enabled: isOpen,
    staleTime: FRESH_MS,
    retry: false,
    placeholderData: (before) => before,
  });
  const found = (data?.items ?? []).map((line) => ({
    value: line.id,
    label: line.name ?? line.phone ?? line.email ?? line.id.slice(-6),
  }));
  const isListed = found.some(({ value }) => value === chosen?.id);
  return (
    <Select
      size="xs"
      flex={1}
      aria-label={p("as")}
      placeholder={p("invented")}
      searchable
      clearable
      data={chosen && !isListed ? [{ value: chosen.id, label: chosen.name }, ...found] : found}
      filter={({ options }) => options}
      nothingFoundMessage={p("nobody")}
      comboboxProps={{ zIndex: 310 }}
      value={chosen?.id ?? null}
      searchValue={query}
      onSearchChange={setQuery}
      onDropdownOpen={() => setOpen(true)}
      onChange={(id, option) =>
        store.setState({ previewAs: id === null ? undefined : { id, name: option?.label ?? id } })
      }
      data-testid="preview-as"
    />
  );
}
