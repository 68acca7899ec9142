"use client";
import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { catalogue, type EventKind, eventKind } from "@/core/events/catalogue";
import { eventName } from "@/core/events/event-name";
import { useT } from "../../_i18n/use-t";
import { useShelf } from "../shelf";

/** Chooses an event: the catalogue's by family, those the workspace has seen, or any name as it is sent. */
export function EventSelect({
  label,
  description,
  value,
  error,
  onChange,
  isClearable = false,
  placeholder,
}: {
  label: string;
  description?: string;
  value: string | undefined;
  error?: string | undefined;
  onChange(event: string | undefined): void;
  isClearable?: boolean;
  placeholder?: string;
}) {
  const t = useT("designerFields");
  const { locale, events } = useShelf();
  const [query, setQuery] = useState("");
  const data = useMemo(() => {
    const groups = new Map<EventKind["family"] | "own", { value: string; label: string }[]>();
    for (const [name, kind] of Object.entries(catalogue))
      groups.set(kind.family, [...(groups.get(kind.family) ?? []), { value: name, label: kind.name[locale] }]);
    const own = [...new Set([...events, ...(value && !eventKind(value) ? [value] : [])])].filter(
      (name) => !eventKind(name),
    );
    if (own.length > 0)
      groups.set(
        "own",
        own.map((name) => ({ value: name, label: eventName(name)[locale] })),
      );
    const typed = query.trim();
    const isKnown = [...groups.values()]
      .flat()
      .some((item) => item.value === typed || item.label.toLowerCase() === typed.toLowerCase());
    return [
      ...[...groups].map(([family, items]) => ({ group: FAMILIES[family][locale], items })),
      ...(typed && !isKnown ? [{ group: " ", items: [{ value: typed, label: t("ownEvent", { name: typed }) }] }] : []),
    ];
  }, [events, locale, query, t, value]);
  return (
    <Select
      label={label}
      description={description}
      data={data}
      value={value ?? null}
      error={error}
      searchable
      openOnFocus={false}
      clearable={isClearable}
      searchValue={query}
      onSearchChange={setQuery}
      placeholder={placeholder ?? t("chooseEvent")}
      maxDropdownHeight={320}
      comboboxProps={{ zIndex: 200 }}
      selectFirstOptionOnChange
      filter={({ options, search }) => {
        const wanted = search.trim().toLowerCase();
        const current = value === undefined ? "" : eventName(value)[locale].toLowerCase();
        if (wanted === "" || wanted === current) return options;
        return options.flatMap((group): typeof options => {
          if (!("items" in group)) return [group];
          const items = group.items.filter((item) =>
            `${item.label} ${item.value} ${eventKind(item.value)?.name.en ?? ""}`.toLowerCase().includes(wanted),
          );
          return items.length > 0 ? [{ ...group, items }] : [];
        });
      }}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

const FAMILIES: Record<EventKind["family"] | "own", { en: string; "zh-CN": string }> = {
  orders: { en: "Orders", "zh-CN": "订单" },
  visits: { en: "Visits", "zh-CN": "到店" },
  behaviour: { en: "Behaviour", "zh-CN": "行为" },
  profile: { en: "Profile", "zh-CN": "资料" },
  coupons: { en: "Coupons", "zh-CN": "优惠券" },
  points: { en: "Points", "zh-CN": "积分" },
  messages: { en: "Messages", "zh-CN": "消息" },
  segments: { en: "Segments", "zh-CN": "分群" },
  service: { en: "Service", "zh-CN": "服务" },
  own: { en: "Own events", "zh-CN": "自有事件" },
};
