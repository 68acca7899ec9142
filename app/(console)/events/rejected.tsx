"use client";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import { useFormatter } from "use-intl";
import type { DeadLetter } from "@/services/events/dead-letters";
import { useT } from "../../_i18n/use-t";
import { CopyField } from "../../_ui/copy-field";
import { EmptyState } from "../../_ui/empty-state";
import { ErrorPanel, useProblem } from "../../_ui/error-panel";
import type { Wire } from "../../_ui/live/wire";
import { type Column, DataTable } from "../../_ui/table/data-table";
import { ListFooter } from "../../_ui/table/list-footer";
import { useList } from "../../_ui/table/use-list";
import { When } from "../../_ui/when";
import { useApi, useMay } from "../../_ui/workspace";
import classes from "./events.module.css";

type Letter = Wire<DeadLetter>;

/** What could not be used, with the reason; what stumbled inside can be judged again. */
export function Rejected() {
  const t = useT("events");
  const api = useApi();
  const mayWrite = useMay("event.write");
  const problem = useProblem();
  const format = useFormatter();
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<Letter>("/dead-letters", {});
  const columns = useMemo<Column<Letter>[]>(() => {
    const replay = async (letter: Letter) => {
      try {
        await api.post(`/dead-letters/${letter.id}/replay`);
        notifications.show({ message: t("replayed") });
        void refetch();
      } catch (failed) {
        const { title, says } = problem(failed);
        notifications.show({ color: "red", title, message: says });
      }
    };
    return [
      { id: "kind", header: t("kind"), width: "6rem", cell: (l) => t(l.kind === "event" ? "kindEvent" : "kindSend") },
      { id: "reason", header: t("reason"), cell: (l) => <Text size="sm">{l.reason}</Text> },
      {
        id: "event",
        header: t("event"),
        cell: (l) => (
          <div className={classes.payload}>
            <CopyField
              value={JSON.stringify(l.payload, null, 2)}
              shown={JSON.stringify(l.payload).slice(0, 60)}
              label={t("event")}
            />
          </div>
        ),
      },
      { id: "when", header: t("when"), width: "9rem", cell: (l) => <When at={l.at} /> },
      {
        id: "do",
        header: "",
        width: "9rem",
        align: "end",
        cell: (l) =>
          l.replayedAt ? (
            <Text size="xs" c="dimmed">
              {t("wasReplayed", { ago: format.relativeTime(new Date(l.replayedAt)) })}
            </Text>
          ) : (
            mayWrite &&
            l.kind === "event" &&
            l.member && (
              <Button size="compact-sm" variant="default" onClick={() => void replay(l)}>
                {t("replay")}
              </Button>
            )
          ),
      },
    ];
  }, [mayWrite, format.relativeTime, t, refetch, problem, api.post]);
  const replayAll = async () => {
    try {
      const { replayed, left } = await api.post<{ replayed: number; left: number }>("/dead-letters/replay", {});
      notifications.show({ message: t("replayedAll", { replayed, left }) });
      void refetch();
    } catch (failed) {
      const { title, says } = problem(failed);
      notifications.show({ color: "red", title, message: says });
    }
  };
  const isReplayable = rows?.some((l) => l.kind === "event" && l.member && !l.replayedAt);
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <>
      {mayWrite && isReplayable && (
        <Group justify="flex-end" mb="sm">
          <Button size="compact-sm" variant="default" onClick={() => void replayAll()}>
            {t("replayAll")}
          </Button>
        </Group>
      )}
      <DataTable
        label={t("rejected")}
        columns={columns}
        rows={rows}
        rowKey={(l) => l.id}
        isStale={isStale}
        expect={3}
        empty={
          <EmptyState icon="check" title={t("noneRejected")}>
            {t("noneRejectedHint")}
          </EmptyState>
        }
        footer={<ListFooter count={rows?.length ?? 0} hasMore={hasMore} isLoading={isLoadingMore} onMore={more} />}
      />
    </>
  );
}
