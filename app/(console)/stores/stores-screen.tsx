"use client";
import { Button, Group, Menu, SegmentedControl, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { Icon } from "../../_ui/icons";
import { EmptyState } from "../../_ui/page/empty-state";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { Badge } from "../../_ui/page/state-badge";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { RowMenu } from "../../_ui/table/row-menu";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { useApi, useMay, useWorkspace } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { Views } from "../_components/views/views";
import { STORE_FILTERS } from "./filters";
import { MerchantForm } from "./merchant-form";
import { Merchants } from "./merchants";
import type { Merchant, Store } from "./place";
import { StoreForm } from "./store-form";
import { usePlaces } from "./use-places";

/** The businesses of the programme and their places. */
export function StoresScreen({
  initial,
  merchants: first,
}: {
  initial?: { page: Page<Store>; query: Query };
  merchants?: Page<Merchant>;
}) {
  const t = useT("stores");
  const api = useApi();
  const { timeZone } = useWorkspace();
  const mayWrite = useMay("workspace.write");
  const { close, reopen, changed } = usePlaces();
  const [{ view, ...filters }, setFilters] = useFilters(STORE_FILTERS);
  const [form, setForm] = useState<"merchant" | "store" | Store>();
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Store>("/stores", filters, {
    ...(initial && { initial }),
  });
  const { data } = useQuery({
    queryKey: ["/merchants"],
    ...(first && { initialData: first }),
    queryFn: ({ signal }) => api.get<Page<Merchant>>("/merchants", { state: "all", limit: 200 }, signal),
  });
  const merchants = data?.items ?? [];
  const { sort, order, ...narrowing } = filters;
  const isFiltered = Object.values(narrowing).some(Boolean);
  const done = () => {
    setForm(undefined);
    changed();
  };

  const columns = useMemo<Column<Store>[]>(
    () => [
      { id: "name", header: t("store"), sorts: true, cell: (store) => store.name },
      { id: "code", header: t("code"), sorts: true, cell: (store) => <code>{store.code}</code> },
      { id: "merchant", header: t("merchant"), cell: (store) => store.merchantName },
      {
        id: "address",
        header: t("address"),
        cell: (store) => (
          <>
            {store.address ?? [store.region, store.mall].filter(Boolean).join(" · ")}
            {store.address && (store.region || store.mall) && (
              <Text size="xs" c="dimmed">
                {[store.region, store.mall].filter(Boolean).join(" · ")}
              </Text>
            )}
          </>
        ),
      },
      {
        id: "zone",
        header: t("zone"),
        cell: (store) => (
          <Text size="sm" {...(!store.timeZone && { c: "dimmed" })}>
            {store.timeZone ?? timeZone}
          </Text>
        ),
      },
      {
        id: "state",
        header: t("state"),
        width: "7rem",
        cell: (store) => <Badge tone={store.closedAt ? "quiet" : "ok"}>{t(store.closedAt ? "closed" : "open")}</Badge>,
      },
      ...(mayWrite
        ? [
            {
              id: "do",
              header: "",
              width: "3.5rem",
              cell: (store: Store) => (
                <RowMenu label={t("actions", { name: store.name })}>
                  <Menu.Item leftSection={<Icon name="edit" size={15} />} onClick={() => setForm(store)}>
                    {t("edit")}
                  </Menu.Item>
                  {store.closedAt === null ? (
                    <Menu.Item leftSection={<Icon name="door" size={15} />} onClick={() => void close("stores", store)}>
                      {t("close")}
                    </Menu.Item>
                  ) : (
                    <Menu.Item
                      leftSection={<Icon name="refresh" size={15} />}
                      onClick={() => void reopen("stores", store)}
                    >
                      {t("reopen")}
                    </Menu.Item>
                  )}
                </RowMenu>
              ),
            },
          ]
        : []),
    ],
    [close, mayWrite, reopen, t, timeZone],
  );

  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <ExportLink list="stores" query={filters} />
            {mayWrite && (
              <>
                <Button variant="default" onClick={() => setForm("merchant")}>
                  {t("addMerchant")}
                </Button>
                <Button
                  leftSection={<Icon name="add" size={16} />}
                  disabled={!merchants.some(({ closedAt }) => closedAt === null)}
                  onClick={() => setForm("store")}
                >
                  {t("addStore")}
                </Button>
              </>
            )}
          </>
        }
      />
      {merchants.length > 0 && (
        <section aria-labelledby="merchants">
          <Title order={2} id="merchants" mb="sm">
            {t("merchants")}
          </Title>
          <Merchants
            merchants={merchants}
            chosen={filters.merchant}
            onChoose={(merchant) => setFilters({ merchant })}
          />
        </section>
      )}
      <Title order={2} mb="sm">
        {t("stores")}
      </Title>
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="stores" filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={300} />
        <SegmentedControl
          aria-label={t("state")}
          value={filters.state ?? "open"}
          onChange={(state) => setFilters({ state: state === "open" ? null : state })}
          data={(["open", "closed", "all"] as const).map((value) => ({ value, label: t(value) }))}
        />
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("stores")}
          columns={columns}
          rows={rows}
          rowKey={(store) => store.id}
          href={(store) => `/stores/${store.id}`}
          isStale={isStale}
          sort={{ by: sort ?? "code", down: order === "desc" }}
          onSort={({ by, down }) => setFilters({ sort: by === "code" ? null : by, order: down ? "desc" : null })}
          expect={6}
          empty={
            isFiltered ? (
              <NoMatch onClear={() => setFilters({ q: null, merchant: null, state: null, view: null })} />
            ) : (
              <EmptyState
                icon="store"
                title={t("emptyTitle")}
                action={
                  mayWrite && (
                    <Button onClick={() => setForm(merchants.length > 0 ? "store" : "merchant")}>
                      {t(merchants.length > 0 ? "addStore" : "addMerchant")}
                    </Button>
                  )
                }
              >
                {t("empty")} {merchants.length === 0 && t("emptyMerchants")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
      {form === "merchant" && <MerchantForm onDone={done} onClose={() => setForm(undefined)} />}
      {form !== undefined && form !== "merchant" && (
        <StoreForm
          {...(form !== "store" && { store: form })}
          merchants={merchants}
          merchant={filters.merchant}
          onDone={done}
          onClose={() => setForm(undefined)}
        />
      )}
    </>
  );
}
