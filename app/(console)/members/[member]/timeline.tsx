"use client";
import { Button, Group, Paper, Skeleton, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { MOMENT_KINDS, type MomentKind } from "@/core/members/moments";
import { useT } from "../../../_i18n/use-t";
import { EmptyState } from "../../../_ui/page/empty-state";
import { ErrorPanel } from "../../../_ui/page/error-panel";
import { type Page, useList } from "../../../_ui/table/use-list";
import { useWorkspace } from "../../../_ui/workspace";
import classes from "./member.module.css";
import { MomentLine } from "./moment-line";
import type { TimelineMoment } from "./timeline-moment";

const KINDS = Object.keys(MOMENT_KINDS) as MomentKind[];

/** Everything that happened to the member and the reader may see, newest first, by kind if wanted. */
export function Timeline({ member, initial }: { member: string; initial?: Page<TimelineMoment> }) {
  const t = useT("members");
  const common = useT("common");
  const { may } = useWorkspace();
  const [kind, setKind] = useState<MomentKind | null>(null);
  const { rows, error, isStale, hasMore, isLoadingMore, more, refetch } = useList<TimelineMoment>(
    `/members/${member}/timeline`,
    { kind },
    { every: 10_000, ...(initial && { initial: { page: initial, query: {} } }) },
  );
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Group gap={6} mb="md" role="group" aria-label={t("timeline")}>
        {[null, ...KINDS.filter((one) => may.includes(MOMENT_KINDS[one]))].map((one) => (
          <UnstyledButton
            key={one ?? "all"}
            className={classes.chip}
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
          >
            {one === null ? t("all") : one === "points" ? t("pointsKind") : t(one)}
          </UnstyledButton>
        ))}
      </Group>
      {!rows && (
        <Paper withBorder p="md" aria-hidden>
          {Array.from({ length: 6 }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
            <Skeleton key={i} h={14} my={18} w={`${80 - i * 7}%`} />
          ))}
        </Paper>
      )}
      {rows?.length === 0 && (
        <Paper withBorder>
          <EmptyState small icon="clock" title={t("timelineEmpty")}>
            {t("timelineEmptyHint")}
          </EmptyState>
        </Paper>
      )}
      {rows && rows.length > 0 && (
        <Paper withBorder className={classes.timeline} data-stale={isStale || undefined}>
          <ol className={classes.moments}>
            {rows.map((moment) => (
              <MomentLine key={`${moment.what}${moment.id}`} moment={moment} />
            ))}
          </ol>
          {hasMore && (
            <Group justify="center" p="sm">
              <Button variant="default" size="xs" loading={isLoadingMore} onClick={more}>
                {common("more")}
              </Button>
            </Group>
          )}
        </Paper>
      )}
    </>
  );
}
