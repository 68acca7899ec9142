"use client";
import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale } from "use-intl";
import type { WhyNot } from "@/services/journeys/watching/why-not";
import { useT } from "../../_i18n/use-t";
import type { Wire } from "../../_ui/live/wire";
import { ErrorPanel } from "../../_ui/page/error-panel";
import { Findings } from "../../_ui/page/findings";
import { useApi, useMay } from "../../_ui/workspace";
import classes from "./events.module.css";

type Touched = { member: string; items: { id: string; name: string; state: string }[] };

/** What an event came to in each journey that it could have mattered to, and why it caused nothing. */
export function CameOf({ event }: { event: string }) {
  const t = useT("events");
  const api = useApi();
  const may = useMay("run.read");
  const { data, error } = useQuery({
    queryKey: ["event-journeys", event],
    enabled: may,
    queryFn: ({ signal }) => api.get<Touched>(`/events/${event}/journeys`, {}, signal),
  });
  if (!may) return null;
  return (
    <section aria-label={t("cameOf")} data-testid="came-of">
      <Text size="xs" c="dimmed" mb={4}>
        {t("cameOf")}
      </Text>
      {error && <ErrorPanel error={error} />}
      {!data && !error && <Skeleton h={48} />}
      {data?.items.length === 0 && <Text size="sm">{t("cameOfNothing")}</Text>}
      {data?.items.map((journey) => (
        <InJourney key={journey.id} event={event} member={data.member} journey={journey} />
      ))}
    </section>
  );
}

function InJourney({ event, member, journey }: { event: string; member: string; journey: Touched["items"][number] }) {
  const t = useT("events");
  const locale = useLocale();
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: ["why-not", member, journey.id, event],
    queryFn: ({ signal }) =>
      api.get<Wire<WhyNot>>(`/members/${member}/journeys/${journey.id}/why-not`, { event }, signal),
  });
  const own = data?.considered.filter((considered) => considered.event?.id === event) ?? [];
  return (
    <div className={classes.cameOf}>
      <Link href={`/journeys/${journey.id}`}>{journey.name}</Link>
      {error && <ErrorPanel error={error} />}
      {!data && !error && <Skeleton h={16} mt={6} />}
      {data && own.length === 0 && <div>{data.says[locale]}</div>}
      {own.map((one) => (
        <div key={`${one.run}${one.outcome}`}>
          {one.says[locale]} {one.run && <Link href={`/runs/${one.run}`}>{t("openRun")}</Link>}
          <Findings findings={one.findings} />
        </div>
      ))}
    </div>
  );
}
