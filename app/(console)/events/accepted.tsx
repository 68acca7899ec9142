"use client";
import { Alert, Button, Drawer, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useLocale } from "use-intl";
import type { EventLine } from "@/services/events/list";
import { useT } from "../../_i18n/use-t";
import type { Query } from "../../_ui/api";
import { CopyField } from "../../_ui/copy-field";
import { EmptyState } from "../../_ui/empty-state";
import { ErrorPanel } from "../../_ui/error-panel";
import { Icon } from "../../_ui/icons";
import { KeyValue } from "../../_ui/key-value";
import { LinkButton } from "../../_ui/link-button";
import type { Wire } from "../../_ui/live/wire";
import { useEventName } from "../../_ui/loyalty/event-name";
import { Properties } from "../../_ui/properties";
import { type Column, DataTable } from "../../_ui/table/data-table";
import { ListFooter } from "../../_ui/table/list-footer";
import { type Page, useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/when";
import { CameOf } from "./came-of";
import classes from "./events.module.css";

export type AcceptedEvent = Wire<EventLine>;

/** Accepted events, newest first; one opens as it was stored. */
export function Accepted({
  query,
  isPaused,
  initial,
  onTest,
}: {
  query: Query;
  /** Nothing new comes in while one reads. */
  isPaused: boolean;
  initial?: { page: Page<AcceptedEvent>; query: Query };
  onTest(): void;
}) {
  const t = useT("events");
  const common = useT("common");
  const eventName = useEventName();
  const locale = useLocale() === "zh-CN" ? "zh-CN" : "en";
  const [open, setOpen] = useState<AcceptedEvent>();
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
          <button type="button" className={classes.open} onClick={() => setOpen(e)}>
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
      { id: "at", header: t("at"), width: "9rem", cell: (e) => <When at={e.acceptedAt} /> },
    ],
    [t, eventName],
  );
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <DataTable
        label={t("accepted")}
        columns={columns}
        rows={rows}
        rowKey={(e) => e.id}
        isStale={isStale}
        empty={
          <EmptyState icon="events" title={t("emptyTitle")} action={<Button onClick={onTest}>{t("test")}</Button>}>
            {t("empty")}
          </EmptyState>
        }
        footer={<ListFooter count={rows?.length ?? 0} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
      />
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="md"
        title={open && eventName(open.name)}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {open && (
          <Stack>
            <KeyValue
              facts={[
                [t("name"), <code key="n">{open.name}</code>],
                [t("type"), open.type],
                [t("who"), open.memberName ?? open.member],
                [t("occurred"), <When key="o" at={open.occurredAt} exact />],
                [t("at"), <When key="a" at={open.acceptedAt} exact />],
                [t("messageId"), <CopyField key="m" value={open.messageId} label={t("messageId")} />],
              ]}
            />
            {open.warnings.length > 0 && (
              <Alert variant="light" color="gray" icon={<Icon name="warning" />} title={t("notTaken")}>
                {open.warnings.map(({ path, says }) => (
                  <Text size="sm" key={path.join(".")}>
                    {path.length > 0 && <code>{path.join(".")}</code>} {says[locale]}
                  </Text>
                ))}
              </Alert>
            )}
            <div>
              <Text size="xs" c="dimmed" mb={4}>
                {t("properties")}
              </Text>
              <CopyField block value={JSON.stringify(open.properties, null, 2)} label={t("properties")} />
            </div>
            <div>
              <Text size="xs" c="dimmed" mb={4}>
                {t("context")}
              </Text>
              <CopyField block value={JSON.stringify(open.context, null, 2)} label={t("context")} />
            </div>
            <CameOf event={open.id} />
            <LinkButton variant="default" href={`/members/${open.member}`}>
              {t("openMember")}
            </LinkButton>
          </Stack>
        )}
      </Drawer>
    </>
  );
}
