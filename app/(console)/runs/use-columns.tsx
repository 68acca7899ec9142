"use client";
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { hasLeft } from "@/core/journey/has-left";
import { useNameOf } from "../../_designer/use-says";
import { useT } from "../../_i18n/use-t";
import { Reason } from "../../_ui/loyalty/reason";
import { StateBadge } from "../../_ui/page/state-badge";
import type { Column } from "../../_ui/table/data-table";
import { When } from "../../_ui/time/when";
import type { Line } from "./line";

/** What the list tells of each run: whose, where it stands, how it is, since when, until when, and why. */
export function useColumns(): Column<Line>[] {
  const t = useT("runs");
  const nameOf = useNameOf();
  return useMemo<Column<Line>[]>(
    () => [
      { id: "member", header: t("member"), cell: (run) => run.memberName ?? run.member.slice(0, 13) },
      {
        id: "journey",
        header: t("journey"),
        cell: (run) => (
          <Text inherit lineClamp={2} title={run.journeyName}>
            {run.journeyName}{" "}
            <Text span size="xs" c="dimmed">
              v{run.version}
            </Text>
          </Text>
        ),
      },
      {
        id: "at",
        header: t("at"),
        cell: (run) => {
          const step = hasLeft(run) ? t("lastAt", { step: nameOf(run) }) : nameOf(run);
          return (
            <Text inherit lineClamp={2} title={step}>
              {step}
            </Text>
          );
        },
      },
      {
        id: "state",
        header: t("state"),
        cell: (run) => (
          <>
            <StateBadge of="run" state={run.state} />
            {run.endedAt && (
              <Text size="xs" c="dimmed">
                <When at={run.endedAt} />
              </Text>
            )}
          </>
        ),
      },
      { id: "entered", header: t("entered"), sorts: true, cell: (run) => <When at={run.enteredAt} /> },
      {
        id: "due",
        header: t("due"),
        cell: (run) => (run.state === "parked" ? <When at={run.dueAt} /> : run.endedAt ? null : "—"),
      },
      {
        id: "reason",
        header: t("reason"),
        cell: (run) =>
          run.reason ? (
            <Text size="xs" c={run.state === "failed" ? "var(--tone-bad)" : "dimmed"} lineClamp={2} maw={240}>
              <Reason reason={run.reason} />
            </Text>
          ) : null,
      },
    ],
    [t, nameOf],
  );
}
