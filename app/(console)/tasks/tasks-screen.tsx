"use client";
import { Group, SegmentedControl, Select, Text } from "@mantine/core";
import { useMemo } from "react";
import { STAFF } from "@/core/journey/parts/staff";
import type { TaskView } from "@/services/tasks/task-view";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import type { Wire } from "../../_ui/live/wire";
import { EmptyState } from "../../_ui/page/empty-state";
import { LinkButton } from "../../_ui/page/link-button";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { Badge, StateBadge } from "../../_ui/page/state-badge";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { SearchInput } from "../../_ui/table/search-input";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import { ExportLink } from "../_components/export-link";
import { Views } from "../_components/views/views";
import { TASK_FILTERS } from "./filters";
import { useTaskWords } from "./use-words";

type Line = Wire<TaskView>;
const KINDS = ["task", "approval", "survey"] as const;
const TONES = { low: "quiet", normal: "quiet", high: "warn", urgent: "bad" } as const;

/** What journeys ask of people; the most pressing first. */
export function TasksScreen({ initial }: { initial?: { page: Page<Line>; query: Query } }) {
  const t = useT("tasks");
  const words = useTaskWords();
  const [{ view, ...filters }, setFilters] = useFilters(TASK_FILTERS);
  const isClosed = filters.state === "closed";
  const due = isClosed ? "closed" : "due";
  const isDown = filters.order === null ? isClosed : filters.order === "desc";
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Line>("/tasks", filters, {
    every: 10_000,
    ...(initial && { initial }),
  });
  const isFiltered = Boolean(filters.q || filters.kind || filters.role || filters.store || filters.member);

  const columns = useMemo<Column<Line>[]>(
    () => [
      { id: "what", header: t("what"), cell: (task) => task.title },
      {
        id: "kind",
        header: t(isClosed ? "state" : "kindHead"),
        cell: (task) =>
          isClosed ? (
            <StateBadge of="task" state={task.state} />
          ) : (
            <Badge tone={TONES[task.severity]} dot={task.severity === "high" || task.severity === "urgent"}>
              {t(`kind.${task.kind}`)}
              {task.severity !== "normal" && ` · ${t(`level.${task.severity}`)}`}
            </Badge>
          ),
      },
      { id: "member", header: t("member"), cell: (task) => task.memberName ?? task.member.slice(0, 13) },
      {
        id: "role",
        header: isClosed ? t("outcome") : t("forRole"),
        cell: (task) => (isClosed ? (words.ended(task) ?? "—") : words.whose(task)),
      },
      { id: "store", header: t("store"), cell: (task) => task.storeName ?? "—" },
      {
        id: "journey",
        header: t("journey"),
        cell: (task) => (
          <Text size="xs" c="dimmed">
            {task.journeyName}
          </Text>
        ),
      },
      {
        id: isClosed ? "closed" : "due",
        sorts: true,
        header: isClosed ? t("closed") : t("due"),
        cell: (task) => <When at={isClosed ? task.closedAt : task.dueAt} />,
      },
    ],
    [t, words, isClosed],
  );

  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={<ExportLink list="tasks" query={filters} />} />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="tasks" filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={200} />
        <SegmentedControl
          aria-label={t("state")}
          data={[
            { value: "open", label: t("open") },
            { value: "closed", label: t("closedAll") },
          ]}
          value={isClosed ? "closed" : "open"}
          onChange={(state) => setFilters({ state: state === "closed" ? state : null, sort: null, order: null })}
        />
        <Select
          aria-label={t("what")}
          placeholder={t("anyKind")}
          clearable
          miw={104}
          value={filters.kind}
          onChange={(kind) => setFilters({ kind })}
          data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        <Select
          aria-label={t("forRole")}
          placeholder={t("anyRole")}
          clearable
          miw={104}
          value={filters.role}
          onChange={(role) => setFilters({ role })}
          data={STAFF.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      </Group>
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(task) => task.id}
          href={(task) => `/tasks/${task.id}`}
          isStale={isStale}
          sort={{ by: due, down: isDown }}
          onSort={({ down }) => setFilters({ order: down === isClosed ? null : down ? "desc" : "asc" })}
          empty={
            isFiltered ? (
              <NoMatch
                onClear={() => setFilters({ q: null, kind: null, role: null, store: null, member: null, view: null })}
              />
            ) : (
              <EmptyState
                icon="task"
                title={t("emptyTitle")}
                action={<LinkButton href="/journeys">{t("toJourneys")}</LinkButton>}
              >
                {isClosed ? t("emptyClosed") : t("empty")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
    </>
  );
}
