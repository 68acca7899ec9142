"use client";
import { Button, Text } from "@mantine/core";
import { useMemo } from "react";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { Properties } from "../../_ui/fields/properties";
import { useEventName } from "../../_ui/loyalty/event-name";
import { EmptyState } from "../../_ui/page/empty-state";
import { NoMatch } from "../../_ui/page/no-match";
import { type Column, DataTable } from "../../_ui/table/data-table";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { type Page, useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import type { AcceptedEvent } from "./accepted-event";
import { EventDrawer } from "./event-drawer";
import classes from "./events.module.css";

/** Accepted events, newest first; one opens as it was stored. */
export function Accepted({
  query,
  isPaused,
  initial,
  open,
  onOpen,
  onTest,
  onSort,
  onClear,
}: {
  query: Query;
  /** Nothing new comes in while one reads. */
  isPaused: boolean;
  initial?: { page: Page<AcceptedEvent>; query: Query };
  /** The event that stands beside the list. */
  open: string | null;
  onOpen(event: string | null): void;
  /** Absent for whoever may send none. */
  onTest: (() => void) | undefined;
  /** By when they were accepted. */
  onSort(down: boolean): void;
  /** Shows all again; absent where nothing narrows the list. */
  onClear: (() => void) | undefined;
}) {
  const t = useT("events");
  const eventName = useEventName();
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<AcceptedEvent>("/events", query, {
    isPaused,
    ...(initial && { initial }),
  });
  const columns = useMemo<Column<AcceptedEvent>[]>(
    () => [
      {
        id: "name",
        header: t("name"),
        width: "13rem",
        cell: (e) => (
          <button type="button" className={classes.open} onClick={() => onOpen(e.id)}>
            {eventName(e.name)}
            <code>{e.name}</code>
          </button>
        ),
      },
      {
        id: "who",
        header: t("who"),
        width: "11rem",
        cell: (e) =>
          e.memberName ?? (
            <Text size="xs" c="dimmed" ff="monospace">
              {e.member.slice(0, 13)}
            </Text>
          ),
      },
      {
        id: "properties",
        header: t("properties"),
        cell: (e) => (
          <Text size="xs" component="div">
            <Properties event={e.name} values={e.properties} />
          </Text>
        ),
      },
      { id: "at", header: t("at"), width: "9rem", sorts: true, cell: (e) => <When at={e.acceptedAt} /> },
    ],
    [t, eventName, onOpen],
  );
  if (error) return <ListError error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <DataTable
        label={t("accepted")}
        columns={columns}
        rows={rows}
        rowKey={(e) => e.id}
        opens
        isStale={isStale}
        sort={{ by: "at", down: query.order !== "asc" }}
        onSort={({ down }) => onSort(down)}
        empty={
          onClear ? (
            <NoMatch onClear={onClear} />
          ) : (
            <EmptyState
              icon="events"
              title={t("emptyTitle")}
              action={onTest && <Button onClick={onTest}>{t("test")}</Button>}
            >
              {t("empty")}
            </EmptyState>
          )
        }
        footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
      />
      <EventDrawer id={open} known={rows?.find(({ id }) => id === open)} onClose={() => onOpen(null)} />
    </>
  );
}
