"use client";
import { Progress, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { Dialog } from "../../_ui/page/dialog";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { useApi } from "../../_ui/workspace";
import type { Overlap, Segment } from "./segment";
import classes from "./segments.module.css";

/** Which other segments the members of one are in, the most first. */
export function OverlapDialog({ segment: { id, name }, onClose }: { segment: Segment; onClose(): void }) {
  const t = useT("segments");
  const format = useFormatter();
  const api = useApi();
  const { data, error, refetch } = useQuery({
    queryKey: ["segment-overlap", id],
    queryFn: ({ signal }) => api.get<Overlap>(`/segments/${id}/overlap`, undefined, signal),
    staleTime: 10_000,
    retry: false,
  });
  const number = (count: number) =>
    data?.isExact === false ? t("about", { count: format.number(count) }) : format.number(count);
  return (
    <Dialog opened onClose={onClose} title={t("overlapOf", { name })} size="lg">
      <Stack gap="md" data-testid="overlap">
        {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {data && (
          <Text size="sm" c="dimmed">
            {t("overlapLead", { count: number(data.members) })}
          </Text>
        )}
        {!data && !error && [0, 1, 2].map((i) => <Skeleton key={i} h={36} />)}
        {data?.items.length === 0 && <Text size="sm">{t("overlapNone")}</Text>}
        <ul className={classes.overlap}>
          {data?.items.map(({ segment, name, state, both }) => {
            const share = data.members > 0 ? both / data.members : 0;
            return (
              <li key={segment}>
                <span>
                  {name}
                  {state === "building" && ` · ${t("building")}`}
                </span>
                <span className={classes.figure}>
                  {number(both)} · {format.number(share, { style: "percent", maximumFractionDigits: 0 })}
                </span>
                <Progress value={share * 100} size="sm" aria-label={name} />
              </li>
            );
          })}
        </ul>
      </Stack>
    </Dialog>
  );
}
