"use client";
import { Group, SegmentedControl, Select, Text } from "@mantine/core";
import { useMemo } from "react";
import { useFormatter } from "use-intl";
import type { MemberLine } from "@/services/members/list";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import type { Wire } from "../../_ui/live/wire";
import { Money } from "../../_ui/loyalty/money";
import { Tag } from "../../_ui/loyalty/tag";
import { TIERS, TierBadge, useTierName } from "../../_ui/loyalty/tier";
import { NamedSelect } from "../../_ui/names/named-select";
import { EmptyState } from "../../_ui/page/empty-state";
import { LinkButton } from "../../_ui/page/link-button";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import { ExportLink } from "../_components/export-link";
import { NameSelect } from "../_components/filters/name-select";
import { Views } from "../_components/views/views";
import { MEMBER_FILTERS } from "./filters";

type Line = Wire<MemberLine>;
type Lines = Page<Line> & { total: number | null };

/** Members, searched, filtered and sorted by the server. */
export function MembersScreen({ initial }: { initial?: { page: Lines; query: Query } }) {
  const t = useT("members");
  const common = useT("common");
  const format = useFormatter();
  const tierName = useTierName();
  const [{ view, ...filters }, setFilters] = useFilters(MEMBER_FILTERS);
  const { rows, first, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Line, Lines>(
    "/members",
    filters,
    { ...(initial && { initial }) },
  );
  const isAnonymous = filters.anonymous === "true";

  const columns = useMemo<Column<Line>[]>(
    () => [
      {
        id: "name",
        header: t("name"),
        sorts: true,
        cell: (m) => m.name ?? (m.isAnonymous ? t("nobody") : (m.phone ?? m.email ?? m.userId ?? "—")),
      },
      {
        id: "contact",
        header: t("contact"),
        cell: (m) => (
          <div>
            <div className="figures">{m.phone ?? "—"}</div>
            {m.email && (
              <Text size="xs" c="dimmed">
                {m.email}
              </Text>
            )}
          </div>
        ),
      },
      { id: "tier", header: t("tier"), cell: (m) => <TierBadge tier={m.tier} /> },
      { id: "orders", header: t("orders"), sorts: true, align: "end", cell: (m) => format.number(m.orders) },
      { id: "spent", header: t("spent"), sorts: true, align: "end", cell: (m) => <Money minor={m.spent} /> },
      { id: "points", header: t("points"), sorts: true, align: "end", cell: (m) => format.number(m.points) },
      {
        id: "tags",
        header: t("tags"),
        cell: (m) => (
          <Group gap={4}>
            {m.tags.slice(0, 3).map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
            {m.tags.length > 3 && (
              <Text size="xs" c="dimmed">
                +{m.tags.length - 3}
              </Text>
            )}
          </Group>
        ),
      },
      {
        id: "lastSeen",
        header: t("lastSeen"),
        sorts: true,
        cell: (m) => <When at={m.lastSeenAt} empty={common("never")} />,
      },
    ],
    [t, format.number, common],
  );

  const total = first?.total ?? null;
  const isFiltered = Object.entries(filters).some(
    ([key, value]) => value && key !== "sort" && key !== "order" && key !== "anonymous",
  );
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={<ExportLink list="members" query={filters} />} />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="members" filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setFilters({ q })} />
        <Select
          aria-label={t("tier")}
          placeholder={t("tier")}
          clearable
          value={filters.tier}
          onChange={(tier) => setFilters({ tier })}
          miw={104}
          data={TIERS.map((value) => ({ value, label: tierName(value) }))}
        />
        <NamedSelect
          kind="segments"
          aria-label={t("segment")}
          placeholder={t("segment")}
          clearable
          miw={104}
          // Names are longer than the field is wide.
          comboboxProps={{ width: 240, position: "bottom-start" }}
          value={filters.segment}
          onChange={(segment) => setFilters({ segment })}
        />
        <NameSelect path="/tags" label={t("tag")} value={filters.tag} onChange={(tag) => setFilters({ tag })} />
        <SegmentedControl
          aria-label={t("who")}
          size="sm"
          value={isAnonymous ? "true" : "false"}
          onChange={(value) => setFilters({ anonymous: value === "true" ? "true" : null })}
          data={[
            { value: "false", label: t("known") },
            { value: "true", label: t("anonymous") },
          ]}
        />
        {total !== null && (
          <Text size="sm" c="dimmed" className="figures" aria-live="polite">
            {total > 10_000 ? t("totalOver", { count: format.number(10_000) }) : t("total", { count: total })}
          </Text>
        )}
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(m) => m.id}
          href={(m) => `/members/${m.id}`}
          isStale={isStale}
          sort={{ by: filters.sort ?? "joined", down: filters.order !== "asc" }}
          onSort={({ by, down }) => setFilters({ sort: by, order: down ? null : "asc" })}
          empty={
            isFiltered ? (
              <NoMatch onClear={() => setFilters({ q: null, tier: null, tag: null, segment: null, view: null })} />
            ) : (
              <EmptyState
                icon="members"
                title={t(isAnonymous ? "noVisitors" : "emptyTitle")}
                action={<LinkButton href="/integrations">{t("connect")}</LinkButton>}
              >
                {t(isAnonymous ? "noVisitorsHint" : "empty")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
    </>
  );
}
