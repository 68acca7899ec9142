"use client";
import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { useOfferName } from "../../_ui/loyalty/offer-name";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { PeriodSelect } from "../../_ui/table/period-select";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { useApi } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { Views } from "../_components/views/views";
import { LEDGER_FILTERS, type Ledger } from "./filters";
import { LedgerTabs } from "./ledger-tabs";
import type { Offer } from "./offer";

/** A list of coupons or of what became of them, newest first: by offer, state and time, found by code, order or member. */
export function LedgerScreen<T extends { id: string }>({
  ledger,
  states,
  period,
  columns,
  empty,
  initial,
}: {
  ledger: Ledger;
  states: { value: string; label: string }[];
  /** Which of a line's instants is narrowed. */
  period: string;
  columns: Column<T>[];
  empty: ReactNode;
  initial: { page: Page<T>; query: Query } | undefined;
}) {
  const t = useT("offers");
  const [{ view, ...filters }, setFilters] = useFilters(LEDGER_FILTERS);
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<T>(`/${ledger}`, filters, {
    ...(initial && { initial }),
  });
  const offers = useOffers();
  const none = { q: null, offer: null, state: null, within: null, from: null, to: null, view: null };
  return (
    <>
      <PageHeader title={t(ledger)} lead={t("lead")} actions={<ExportLink list={ledger} query={filters} />} />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <LedgerTabs shown={ledger} />
        <Views screen={ledger} filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("searchLedger")} value={filters.q} onChange={(q) => setFilters({ q })} w={200} />
        <Select
          aria-label={t("offer")}
          placeholder={t("anyOffer")}
          clearable
          searchable
          miw={104}
          value={filters.offer}
          onChange={(offer) => setFilters({ offer })}
          data={offers}
        />
        <Select
          aria-label={t("state")}
          placeholder={t("anyState")}
          clearable
          miw={104}
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          data={states}
        />
        <PeriodSelect label={period} period={filters} onChange={setFilters} />
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t(ledger)}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          isStale={isStale}
          empty={
            Object.values(filters).some((value) => value !== null) ? (
              <NoMatch onClear={() => setFilters(none)} />
            ) : (
              empty
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
    </>
  );
}

/** The offers by name, for the filter. */
function useOffers() {
  const api = useApi();
  const nameOf = useOfferName();
  const { data } = useQuery({
    queryKey: ["/offers", "names"],
    staleTime: 60_000,
    queryFn: ({ signal }) => api.get<Page<Offer>>("/offers", { limit: 200 }, signal),
  });
  return (data?.items ?? []).map((offer) => ({ value: offer.id, label: nameOf(offer) }));
}
