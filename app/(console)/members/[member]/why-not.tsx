"use client";
import { Button, Paper, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale } from "use-intl";
import type { VerdictLine } from "@/services/journeys/watching/verdicts";
import type { WhyNot as WhyNotView } from "@/services/journeys/watching/why-not";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import type { Wire } from "../../../_ui/live/wire";
import { EmptyState } from "../../../_ui/page/empty-state";
import { ErrorPanel } from "../../../_ui/page/error-panel";
import { Findings } from "../../../_ui/page/findings";
import { StateBadge } from "../../../_ui/page/state-badge";
import { CardSkeleton } from "../../../_ui/table/skeletons";
import { useFilters } from "../../../_ui/table/use-filters";
import { When } from "../../../_ui/time/when";
import { useApi } from "../../../_ui/workspace";
import classes from "./why-not.module.css";

/** Of each journey whether the member entered it, or why not; one opens with what happened, what was asked, what was found. */
export function WhyNot({ member }: { member: string }) {
  const t = useT("members");
  const locale = useLocale();
  const api = useApi();
  const [{ journey }, setFilters] = useFilters(["journey"]);
  const { data, error, refetch } = useQuery({
    queryKey: ["verdicts", member],
    queryFn: ({ signal }) => api.get<{ items: Wire<VerdictLine>[] }>(`/members/${member}/journeys`, {}, signal),
  });
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <CardSkeleton lines={6} />;
  if (data.items.length === 0)
    return (
      <Paper withBorder>
        <EmptyState icon="journey" title={t("whyNone")}>
          {t("whyNoneHint")}
        </EmptyState>
      </Paper>
    );
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t("whyHint")}
      </Text>
      <ul className={classes.journeys}>
        {data.items.map((line) => {
          const isOpen = journey === line.journey;
          return (
            <li key={line.journey}>
              <UnstyledButton
                className={classes.journey}
                aria-expanded={isOpen}
                data-verdict={line.verdict}
                onClick={() => setFilters({ journey: isOpen ? null : line.journey })}
              >
                <Icon name={isOpen ? "down" : "next"} size={15} />
                <span className={classes.journeyName}>
                  <b>{line.name}</b>
                  {line.state !== "live" && <StateBadge of="journey" state={line.state} />}
                </span>
                <span className={classes.says} data-verdict={line.verdict}>
                  {line.says[locale]}
                </span>
                <Text span size="xs" c="dimmed">
                  {line.at && <When at={line.at} />}
                </Text>
              </UnstyledButton>
              {isOpen && <Answer member={member} journey={line.journey} />}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Answer({ member, journey }: { member: string; journey: string }) {
  const t = useT("members");
  const locale = useLocale();
  const api = useApi();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["why-not", member, journey],
    queryFn: ({ pageParam, signal }) =>
      api.get<Wire<WhyNotView>>(`/members/${member}/journeys/${journey}/why-not`, { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  const [first] = data?.pages ?? [];
  if (!data || !first) return <Skeleton h={120} />;
  const considered = data.pages.flatMap((page) => page.considered);
  return (
    <div className={classes.answer} data-testid="why">
      {considered.length === 0 && first.verdict === "never_happened" && (
        <EmptyState small icon="clock" title={t("whyNothing")}>
          {t("whyNothingHint")}
        </EmptyState>
      )}
      <ol className={classes.considered}>
        {considered.map((one) => (
          <li key={`${one.event?.id ?? "now"}${one.at}${one.run}${one.outcome}`}>
            <div className={classes.head}>
              <b>{one.event ? one.event.label[locale] : t("whyNow")}</b>
              <When at={one.at} />
            </div>
            <div>
              {one.says[locale]} {one.run && <Link href={`/runs/${one.run}`}>{t("whyRun")}</Link>}
            </div>
            <Findings findings={one.findings} />
          </li>
        ))}
      </ol>
      {error && <ErrorPanel error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          data-testid="why-more"
        >
          {t("whyMore")}
        </Button>
      )}
      {first.runs.length > 0 && (
        <ul className={classes.runs} aria-label={t("run")}>
          {first.runs.map((run) => (
            <li key={run.id}>
              <Link href={`/runs/${run.id}`}>
                <When at={run.enteredAt} />
              </Link>{" "}
              <StateBadge of="run" state={run.state} /> {run.says?.[locale]}
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed" mt="sm">
        {t("whyNote")}
      </Text>
    </div>
  );
}
