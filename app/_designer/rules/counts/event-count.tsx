"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useFormatter } from "use-intl";
import type { Rule } from "@/core/rules/rule";
import type { PastEvents } from "@/services/journeys/publishing/past-events";
import { useT } from "../../../_i18n/use-t";
import type { Wire } from "../../../_ui/live/wire";
import { useApi } from "../../../_ui/workspace";
import { useFormat } from "../../use-says";
import classes from "./live-count.module.css";
import { isFinished } from "./of-members";

const TYPING_MS = 300;
const FRESH_MS = 30_000;

/** How many events of late would have started the journey, of how many members; nothing while the rule is unfinished or where it takes too long. */
export function EventCount({ event, when }: { event: string; when: Rule }) {
  const t = useT("designerRules");
  const format = useFormatter();
  const say = useFormat();
  const api = useApi();
  const asked = isFinished(when) ? JSON.stringify({ event, when }) : undefined;
  const [told] = useDebouncedValue(asked, TYPING_MS);
  const { data, isFetching, isError } = useQuery({
    queryKey: ["started-of-late", told],
    queryFn: () => api.post<{ past: Wire<PastEvents> | null }>("/journeys/started-of-late", JSON.parse(told ?? "")),
    // A server asked about half a rule refuses it, and a browser complains of each refusal.
    enabled: told !== undefined,
    placeholderData: (before) => before,
    staleTime: FRESH_MS,
    retry: false,
  });
  const past = isError || told === undefined ? undefined : data?.past;
  if (!past) return null;
  const isRough = past.isEstimate || past.isPart || past.isAtMost;
  const words = { count: past.month, event: say({ as: "event", event: past.event }) };
  const lines = [
    past.month === 0
      ? t("startedNone", words)
      : past.members === null
        ? t(isRough ? "startedAbout" : "started", words)
        : t(isRough ? "startedAboutOf" : "startedOf", { ...words, members: past.members }),
    past.since && t("startedSince", { date: format.dateTime(new Date(past.since), { dateStyle: "medium" }) }),
    past.month > 0 && past.isAtMost && t("startedAtMost"),
    past.month > 0 && past.isPart && t("startedPart"),
  ].filter(Boolean);
  return (
    <p className={classes.events} role="status" data-stale={isFetching || undefined} data-testid="event-count">
      <b>{lines[0]}</b> {lines.slice(1).join(" ")}
    </p>
  );
}
