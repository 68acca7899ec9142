"use client";
import { Button, Group, Menu, Progress, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useLocale } from "use-intl";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { Icon } from "../../_ui/icons";
import { useOfferName } from "../../_ui/loyalty/offer-name";
import { useOfferWords } from "../../_ui/loyalty/offer-words";
import { EmptyState } from "../../_ui/page/empty-state";
import { useProblem } from "../../_ui/page/error-panel";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { StateBadge } from "../../_ui/page/state-badge";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { RowMenu } from "../../_ui/table/row-menu";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { useApi, useMay } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { Views } from "../_components/views/views";
import { inOwnNames, OFFER_FILTERS } from "./filters";
import { LedgerTabs } from "./ledger-tabs";
import type { Offer } from "./offer";
import { OfferForm } from "./offer-form";
import classes from "./offers.module.css";

/** All offers with what became of them; made and changed in a drawer beside the list. */
export function OffersScreen({ initial }: { initial?: { page: Page<Offer>; query: Query } }) {
  const t = useT("offers");
  const common = useT("common");
  const states = useT("states");
  const format = useFormatter();
  const words = useOfferWords();
  const nameOf = useOfferName();
  const problem = useProblem();
  const api = useApi();
  const mayWrite = useMay("offer.write");
  const queries = useQueryClient();
  const [{ new: asked, view, ...filters }, setAddress] = useFilters(OFFER_FILTERS);
  const [chosen, setChosen] = useState<Offer | "new">();
  const editing = chosen ?? (asked ? "new" : undefined);
  const setEditing = (next: Offer | "new" | undefined) => {
    setChosen(next);
    if (next === undefined) setAddress({ new: null });
  };
  const query = inOwnNames(filters, useLocale());
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Offer>("/offers", query, {
    ...(initial && { initial }),
  });
  const changed = () => void queries.invalidateQueries({ queryKey: ["/offers"] });

  const move = async (offer: Offer, to: Offer["state"]) => {
    try {
      await api.patch(`/offers/${offer.id}`, { state: to });
      notifications.show({
        message: to === "active" ? t("started", { name: nameOf(offer) }) : t("stopped", { name: nameOf(offer) }),
      });
      changed();
    } catch (failed) {
      const { title, says } = problem(failed);
      notifications.show({ color: "danger", title, message: says });
    }
  };

  const columns: Column<Offer>[] = [
    {
      id: "name",
      header: t("name"),
      sorts: true,
      cell: (offer) =>
        mayWrite ? (
          <button type="button" className={classes.name} onClick={() => setEditing(offer)}>
            {nameOf(offer)}
          </button>
        ) : (
          <b>{nameOf(offer)}</b>
        ),
    },
    { id: "gives", header: t("gives"), cell: (offer) => words.gives(offer.terms) },
    { id: "lasts", header: t("validity"), cell: (offer) => words.lasts(offer.terms) },
    {
      id: "issued",
      header: t("issued"),
      sorts: true,
      align: "end",
      cell: (offer) => (
        <div className={classes.stock}>
          <span>
            {offer.stock === null
              ? format.number(offer.issued)
              : t("ofStock", { issued: format.number(offer.issued), stock: format.number(offer.stock) })}
          </span>
          {offer.stock !== null && (
            <Progress
              aria-label={t("stock")}
              value={(offer.issued / Math.max(1, offer.stock)) * 100}
              size={4}
              miw={104}
              color="var(--tone-busy)"
            />
          )}
        </div>
      ),
    },
    {
      id: "redeemed",
      header: t("used"),
      sorts: true,
      align: "end",
      cell: (offer) =>
        offer.issued
          ? `${format.number(offer.redeemed)} (${format.number(offer.redeemed / offer.issued, { style: "percent" })})`
          : "0",
    },
    {
      id: "perMember",
      header: t("perMember"),
      align: "end",
      cell: (offer) => offer.perMember ?? common("unlimited"),
    },
    { id: "state", header: t("state"), cell: (offer) => <StateBadge of="offer" state={offer.state} /> },
    ...(mayWrite
      ? [
          {
            id: "do",
            header: "",
            width: "3.5rem",
            cell: (offer: Offer) => (
              <RowMenu label={`${common("details")}: ${nameOf(offer)}`}>
                <Menu.Item leftSection={<Icon name="edit" size={15} />} onClick={() => setEditing(offer)}>
                  {common("edit")}
                </Menu.Item>
                {offer.state === "active" ? (
                  <Menu.Item leftSection={<Icon name="pause" size={15} />} onClick={() => void move(offer, "paused")}>
                    {t("switchOff")}
                  </Menu.Item>
                ) : (
                  <Menu.Item leftSection={<Icon name="play" size={15} />} onClick={() => void move(offer, "active")}>
                    {t("switchOn")}
                  </Menu.Item>
                )}
                {offer.state !== "archived" && (
                  <Menu.Item
                    leftSection={<Icon name="remove" size={15} />}
                    onClick={() => void move(offer, "archived")}
                  >
                    {t("archive")}
                  </Menu.Item>
                )}
              </RowMenu>
            ),
          },
        ]
      : []),
  ];

  const isFiltered = filters.q !== null || filters.state !== null;
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <ExportLink list="offers" query={query} />
            {mayWrite && (
              <Button leftSection={<Icon name="add" size={16} />} onClick={() => setEditing("new")}>
                {t("create")}
              </Button>
            )}
          </>
        }
      />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <LedgerTabs shown="offers" />
        <Views screen="offers" filters={filters} view={view} onChange={setAddress} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setAddress({ q })} w={260} />
        <Select
          aria-label={t("state")}
          placeholder={t("state")}
          clearable
          allowDeselect
          value={filters.state}
          onChange={(state) => setAddress({ state })}
          miw={104}
          data={(["active", "paused", "archived"] as const).map((value) => ({
            value,
            label: states(`offer.${value}`),
          }))}
        />
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(o) => o.id}
          isStale={isStale}
          sort={{ by: filters.sort ?? "created", down: filters.order !== "asc" }}
          onSort={({ by, down }) => setAddress({ sort: by, order: down ? null : "asc" })}
          empty={
            isFiltered ? (
              <NoMatch onClear={() => setAddress({ q: null, state: null, view: null })} />
            ) : (
              <EmptyState
                icon="offer"
                title={t("emptyTitle")}
                action={mayWrite && <Button onClick={() => setEditing("new")}>{t("create")}</Button>}
              >
                {t("empty")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
      <OfferForm
        key={editing === "new" ? "new" : (editing?.id ?? "none")}
        offer={editing === "new" ? undefined : editing}
        isOpen={editing !== undefined}
        onClose={() => setEditing(undefined)}
        onSaved={changed}
      />
    </>
  );
}
