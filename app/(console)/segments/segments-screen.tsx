"use client";
import { Button, Group, Menu, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { sayRule } from "../../_designer/rules/say";
import { ShelfContext } from "../../_designer/shelf";
import { useLoadedShelf } from "../../_designer/use-shelf";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { Icon } from "../../_ui/icons";
import { useLive } from "../../_ui/live/use-live";
import { Dialog } from "../../_ui/page/dialog";
import { EmptyState } from "../../_ui/page/empty-state";
import { useProblem } from "../../_ui/page/error-panel";
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
import { useApi, useMay } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { Views } from "../_components/views/views";
import { SEGMENT_FILTERS } from "./filters";
import { OverlapDialog } from "./overlap";
import type { Segment, Use } from "./segment";
import { SegmentForm } from "./segment-form";
import classes from "./segments.module.css";
import { Size } from "./size";

/** All segments: whom each holds, by which rule, and which journeys use it. */
export function SegmentsScreen({ initial }: { initial?: { page: Page<Segment>; query: Query } }) {
  const t = useT("segments");
  const api = useApi();
  const mayWrite = useMay("segment.write");
  const queries = useQueryClient();
  const [{ new: asked, view, ...filters }, setAddress] = useFilters(SEGMENT_FILTERS);
  const [chosen, setChosen] = useState<Segment | "new">();
  const editing = chosen ?? (asked ? "new" : undefined);
  const setEditing = (next: Segment | "new" | undefined) => {
    setChosen(next);
    if (next === undefined) setAddress({ new: null });
  };
  const [leaving, setLeaving] = useState<Segment>();
  const [comparing, setComparing] = useState<Segment>();
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Segment>("/segments", filters, {
    ...(initial && { initial }),
  });
  const { shelf } = useLoadedShelf(useMemo(() => rows?.map(({ rule }) => rule), [rows]));
  const uses = useQuery({
    queryKey: ["/segments/uses"],
    queryFn: ({ signal }) => api.get<{ items: Use[] }>("/segments/uses", undefined, signal),
    retry: false,
  });
  const changed = () => {
    for (const key of ["/segments", "shelf"]) void queries.invalidateQueries({ queryKey: [key] });
  };
  useLive(["segments"], changed);

  const columns: Column<Segment>[] = [
    {
      id: "name",
      header: t("name"),
      sorts: true,
      cell: (segment) => (
        <>
          <button type="button" className={classes.name} onClick={() => setEditing(segment)} disabled={!mayWrite}>
            {segment.name}
          </button>
          <div className={classes.says}>{sayRule(segment.rule, shelf)}</div>
        </>
      ),
    },
    {
      id: "members",
      header: t("members"),
      align: "end",
      width: "9rem",
      cell: (segment) => <Size segment={segment} />,
    },
    {
      id: "used",
      header: t("usedBy"),
      width: "16rem",
      cell: ({ id }) => <UsedBy uses={uses.data?.items.filter(({ segment }) => segment === id)} />,
    },
    {
      id: "state",
      header: t("state"),
      width: "9rem",
      cell: ({ state }) => <Badge tone={state === "live" ? "ok" : "busy"}>{t(state)}</Badge>,
    },
    {
      id: "do",
      header: "",
      width: "3.5rem",
      cell: (segment) => (
        <RowMenu label={t("more", { name: segment.name })}>
          <Menu.Item leftSection={<Icon name="overlap" size={15} />} onClick={() => setComparing(segment)}>
            {t("overlap")}
          </Menu.Item>
          {mayWrite && (
            <>
              <Menu.Item leftSection={<Icon name="edit" size={15} />} onClick={() => setEditing(segment)}>
                {t("edit")}
              </Menu.Item>
              <Menu.Item leftSection={<Icon name="remove" size={15} />} onClick={() => setLeaving(segment)}>
                {t("remove")}
              </Menu.Item>
            </>
          )}
        </RowMenu>
      ),
    },
  ];
  const create = mayWrite && (
    <Button leftSection={<Icon name="add" size={16} />} onClick={() => setEditing("new")} data-testid="new-segment">
      {t("create")}
    </Button>
  );
  return (
    <ShelfContext value={shelf}>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <ExportLink list="segments" query={filters} />
            {create}
          </>
        }
      />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="segments" filters={filters} view={view} onChange={setAddress} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setAddress({ q })} w={240} />
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          isStale={isStale}
          sort={{ by: filters.sort ?? "created", down: filters.order !== "asc" }}
          onSort={({ by, down }) => setAddress({ sort: by, order: down ? null : "asc" })}
          empty={
            filters.q === null ? (
              <EmptyState icon="segment" title={t("emptyTitle")} action={create}>
                {t("empty")}
              </EmptyState>
            ) : (
              <NoMatch onClear={() => setAddress({ q: null, view: null })} />
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
      {editing && (
        <SegmentForm
          key={editing === "new" ? "new" : editing.id}
          segment={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={changed}
        />
      )}
      {comparing && <OverlapDialog segment={comparing} onClose={() => setComparing(undefined)} />}
      {leaving && <RemoveDialog segment={leaving} onClose={() => setLeaving(undefined)} onRemoved={changed} />}
    </ShelfContext>
  );
}

function UsedBy({ uses }: { uses: Use[] | undefined }) {
  const t = useT("segments");
  if (!uses) return null;
  if (uses.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("unused")}
      </Text>
    );
  return (
    <ul className={classes.people}>
      {uses.map(({ journey, name }) => (
        <li key={journey}>
          <Link href={`/journeys/${journey}`} prefetch={false}>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function RemoveDialog({
  segment: { id, name },
  onClose,
  onRemoved,
}: {
  segment: Segment;
  onClose(): void;
  onRemoved(): void;
}) {
  const t = useT("segments");
  const api = useApi();
  const problem = useProblem();
  const [isBusy, setBusy] = useState(false);
  const [why, setWhy] = useState<string>();
  const remove = async () => {
    setBusy(true);
    try {
      await api.remove(`/segments/${id}`);
      notifications.show({ message: t("removed", { name }) });
      onRemoved();
      onClose();
    } catch (error) {
      const { title, says } = problem(error);
      setWhy(`${title} ${says}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t("removeSure", { name })}>
      <Stack>
        <Text size="sm">{t("inUse")}</Text>
        {why && (
          <Text size="sm" c="var(--tone-bad)" role="alert">
            {why}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("keep")}
          </Button>
          <Button color="danger" loading={isBusy} onClick={() => void remove()} data-testid="segment-remove">
            {t("remove")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
