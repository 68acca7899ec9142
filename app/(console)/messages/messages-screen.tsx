"use client";
import { Button, Group, Pill, Select, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import type { MessageLine } from "@/services/runs/messages";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { Icon } from "../../_ui/icons";
import type { Wire } from "../../_ui/live/wire";
import { Reason } from "../../_ui/loyalty/reason";
import { NamedSelect } from "../../_ui/names/named-select";
import { EmptyState } from "../../_ui/page/empty-state";
import { LinkButton } from "../../_ui/page/link-button";
import { NoMatch } from "../../_ui/page/no-match";
import { PageHeader } from "../../_ui/page/page-header";
import { StateBadge } from "../../_ui/page/state-badge";
import { BulkBar } from "../../_ui/table/bulk-bar";
import { type Column, DataTable } from "../../_ui/table/data-table";
import filterBar from "../../_ui/table/filter-bar.module.css";
import { ListError } from "../../_ui/table/list-error";
import { ListFooter } from "../../_ui/table/list-footer";
import { PeriodSelect } from "../../_ui/table/period-select";
import { SearchInput } from "../../_ui/table/search-input";
import { toggled } from "../../_ui/table/toggled";
import { useFilters } from "../../_ui/table/use-filters";
import { type Page, useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/time/when";
import { useMay } from "../../_ui/workspace";
import { ExportLink } from "../_components/export-link";
import { ReasonSelect } from "../_components/filters/reason-select";
import { useNewestVersion } from "../_components/filters/use-newest-version";
import { VersionSelect } from "../_components/filters/version-select";
import { Views } from "../_components/views/views";
import { AgainDialog } from "./again-dialog";
import { CHANNEL_NAMES, MESSAGE_FILTERS, MESSAGE_STATES } from "./filters";
import { MessageDrawer } from "./message-drawer";
import classes from "./messages.module.css";
import { StepPills } from "./step-pills";

type Line = Wire<MessageLine>;
const NO_FILTER = Object.fromEntries(MESSAGE_FILTERS.map((name) => [name, null]));

/** Every message with what came of it; one opens beside the list. */
export function MessagesScreen({ initial }: { initial?: { page: Page<Line>; query: Query } }) {
  const t = useT("messages");
  const states = useT("states");
  const [{ message: open, view, ...filters }, setFilters] = useFilters(MESSAGE_FILTERS);
  const newest = useNewestVersion(filters.journey);
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Line>("/messages", filters, {
    every: 5_000,
    ...(initial && { initial }),
  });
  const mayWrite = useMay("message.write");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = (rows ?? []).filter(({ id }) => chosen.has(id));
  const [isAsking, setAsking] = useState(false);
  const { order: _, ...narrowing } = filters;
  const isOnlyFailed = Object.entries(narrowing).every(
    ([name, value]) => value === (name === "state" ? "failed" : null),
  );
  const isFiltered = Object.values(narrowing).some(Boolean);

  const columns = useMemo<Column<Line>[]>(
    () => [
      {
        id: "member",
        header: t("member"),
        cell: (m) => (
          <button
            type="button"
            className={classes.open}
            title={m.memberName ?? m.member}
            onClick={() => setFilters({ message: m.id })}
          >
            {m.memberName ?? m.member.slice(0, 13)}
          </button>
        ),
      },
      {
        id: "channel",
        header: t("channel"),
        cell: (m) => (
          <Group gap={6} wrap="nowrap">
            <Icon name={m.channel} size={16} color="var(--ink-faint)" />
            {states(`channel.${m.channel}`)}
          </Group>
        ),
      },
      {
        id: "address",
        header: t("address"),
        cell: (m) => (
          <Text size="sm" className="figures" truncate maw={152} title={m.address ?? undefined}>
            {m.address ?? "—"}
          </Text>
        ),
      },
      {
        id: "journey",
        header: t("journey"),
        cell: (m) => (
          <span className={classes.journey} title={m.journeyName ?? undefined}>
            {m.journeyName ?? "—"}
          </span>
        ),
      },
      { id: "state", header: t("state"), cell: (m) => <StateBadge of="message" state={m.state} /> },
      {
        id: "reason",
        header: t("reason"),
        cell: (m) =>
          m.reason && (
            <Text size="xs" c="dimmed" miw={128} maw={260} lineClamp={2}>
              <Reason reason={m.reason} />
            </Text>
          ),
      },
      { id: "queued", header: t("queued"), sorts: true, cell: (m) => <When at={m.queuedAt} /> },
    ],
    [t, states, setFilters],
  );

  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={<ExportLink list="messages" query={filters} />} />
      <Group mb="md" gap="xs" className={filterBar.bar}>
        <Views screen="messages" filters={filters} view={view} onChange={setFilters} />
        <SearchInput label={t("search")} value={filters.q} onChange={(q) => setFilters({ q })} w={140} />
        <Select
          aria-label={t("state")}
          placeholder={t("anyState")}
          clearable
          miw={104}
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          data={MESSAGE_STATES.map((value) => ({ value, label: states(`message.${value}`) }))}
        />
        <Select
          aria-label={t("channel")}
          placeholder={t("anyChannel")}
          clearable
          miw={104}
          value={filters.channel}
          onChange={(channel) => setFilters({ channel })}
          data={CHANNEL_NAMES.map((value) => ({ value, label: states(`channel.${value}`) }))}
        />
        <NamedSelect
          kind="journeys"
          aria-label={t("journey")}
          placeholder={t("anyJourney")}
          clearable
          miw={104}
          // Names are longer than the field is wide.
          comboboxProps={{ width: 240, position: "bottom-start" }}
          value={filters.journey}
          onChange={(journey) => setFilters({ journey, version: null, node: null, came: null, since: null })}
        />
        <VersionSelect newest={newest} value={filters.version} onChange={(version) => setFilters({ version })} />
        <StepPills filters={filters} onChange={setFilters} />
        <PeriodSelect label={t("queued")} period={filters} onChange={setFilters} />
        <ReasonSelect
          path="/messages/reasons"
          none={t("noReasons")}
          query={{ ...narrowing, reason: null }}
          value={filters.reason}
          onChange={(reason) => setFilters({ reason })}
        />
        {(["member", "run"] as const).map(
          (of) =>
            filters[of] && (
              <Pill key={of} size="md" withRemoveButton onRemove={() => setFilters({ [of]: null })}>
                {t(of === "member" ? "memberOnly" : "runOnly")}
              </Pill>
            ),
        )}
      </Group>
      {mayWrite && picked.length > 0 && (
        <BulkBar
          says={t("chosen", { count: picked.length })}
          isChosen
          testId="messages-bulk"
          onClear={() => setChosen(new Set())}
        >
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)} data-testid="send-again">
            {t("again")}
          </Button>
        </BulkBar>
      )}
      {error ? (
        <ListError error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowKey={(m) => m.id}
          opens
          isStale={isStale}
          sort={{ by: "queued", down: filters.order !== "asc" }}
          onSort={({ down }) => setFilters({ order: down ? null : "asc" })}
          {...(mayWrite && {
            select: {
              keys: chosen,
              onToggle: (key: string) => setChosen(toggled(chosen, key)),
              onAll: (keys: string[]) => setChosen(new Set(keys)),
              label: (m: Line) => t("select", { name: m.memberName ?? m.member.slice(0, 13) }),
              allLabel: t("selectAll"),
            },
          })}
          empty={
            isOnlyFailed ? (
              <EmptyState
                icon="check"
                title={t("noneFailed")}
                action={
                  <Button variant="default" onClick={() => setFilters(NO_FILTER)}>
                    {t("allMessages")}
                  </Button>
                }
              >
                {t("noneFailedHint")}
              </EmptyState>
            ) : isFiltered ? (
              <NoMatch onClear={() => setFilters(NO_FILTER)} />
            ) : (
              <EmptyState
                icon="messages"
                title={t("emptyTitle")}
                action={<LinkButton href="/sandbox">{t("toSandbox")}</LinkButton>}
              >
                {t("empty")}
              </EmptyState>
            )
          }
          footer={<ListFooter count={rows?.length} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
        />
      )}
      {isAsking && (
        <AgainDialog
          messages={picked.map(({ id }) => id)}
          onClose={() => {
            setAsking(false);
            setChosen(new Set());
            void refetch();
          }}
        />
      )}
      <MessageDrawer id={open} onClose={() => setFilters({ message: null })} />
    </>
  );
}
