"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useApi } from "../../_ui/workspace";
import { pages } from "./pages";

type Found = {
  journeys: { id: string; name: string; state: string }[];
  members: { id: string; name: string | null; phone: string | null; email: string | null; tier: string }[];
};
const NOTHING: Found = { journeys: [], members: [] };

/** ⌘K: to any page, journey or member by a few letters. */
export function Search() {
  const nav = useT("nav");
  const states = useT("states");
  const router = useRouter();
  const api = useApi();
  const [query, setQuery] = useState("");
  const [wanted] = useDebouncedValue(query.trim(), 150);
  const { data = NOTHING } = useQuery<Found>({
    queryKey: ["search", wanted],
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<Found>("/search", { q: wanted }, signal),
  });
  const found = wanted ? data : NOTHING;
  const isHit = (label: string, key: string) =>
    !query.trim() || `${label} ${key}`.toLowerCase().includes(query.trim().toLowerCase());
  const actions: SpotlightActionGroupData[] = [
    {
      group: nav("pages"),
      actions: pages
        .filter(({ key }) => isHit(nav(key), key))
        .map(({ key, href, icon }) => ({
          id: href,
          label: nav(key),
          leftSection: <Icon name={icon} />,
          onClick: () => router.push(href),
        })),
    },
    {
      group: nav("journeys"),
      actions: found.journeys.map((j) => ({
        id: j.id,
        label: j.name,
        description: states.has(`journey.${j.state}` as never) ? states(`journey.${j.state}` as never) : j.state,
        leftSection: <Icon name="journey" />,
        onClick: () => router.push(`/journeys/${j.id}`),
      })),
    },
    {
      group: nav("members"),
      actions: found.members.map((m) => ({
        id: m.id,
        label: m.name ?? m.phone ?? m.email ?? m.id,
        description: [m.phone, m.email].filter(Boolean).join(" · "),
        leftSection: <Icon name="member" />,
        onClick: () => router.push(`/members/${m.id}`),
      })),
    },
  ].filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      actions={actions}
      query={query}
      onQueryChange={setQuery}
      filter={(_, all) => all}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      nothingFound={query.trim() ? nav("nothing", { query: query.trim() }) : nav("typeMore")}
      searchProps={{ leftSection: <Icon name="search" />, placeholder: nav("search"), "aria-label": nav("search") }}
    />
  );
}
