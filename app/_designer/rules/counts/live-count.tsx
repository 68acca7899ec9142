"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useFormatter } from "use-intl";
import type { Rule } from "@/core/rules/rule";
import { useT } from "../../../_i18n/use-t";
import { useApi } from "../../../_ui/workspace";
import classes from "./live-count.module.css";
import { type Beside, ofMembers } from "./of-members";

type Estimate = { count: number; of: number; isExact: boolean; error: number };
const TYPING_MS = 300;
const FRESH_MS = 30_000;

/** How many members a rule holds now: at once, as an estimate where there are many, and then exactly. */
export function LiveCount({ rule }: { rule: Rule }) {
  const asked = ofMembers(rule);
  const [told] = useDebouncedValue(asked ? JSON.stringify(asked.rule) : undefined, TYPING_MS);
  return asked && told !== undefined ? <Counted told={told} beside={asked} /> : null;
}

function Counted({ told, beside: { isUnfinished, isOfEvent } }: { told: string; beside: Beside }) {
  const c = useT("designerRules");
  const format = useFormatter();
  const api = useApi();
  const body = { rule: JSON.parse(told) as unknown };
  const shared = { staleTime: FRESH_MS, retry: false } as const;
  const quick = useQuery({
    queryKey: ["count", "quick", told],
    queryFn: () => api.post<Estimate>("/segments/estimate", body),
    placeholderData: (before) => before,
    ...shared,
  });
  const isEstimate = quick.data?.isExact === false && !quick.isPlaceholderData;
  const exact = useQuery({
    queryKey: ["count", "exact", told],
    queryFn: () => api.post<{ count: number; of: number }>("/segments/count", body),
    enabled: isEstimate,
    ...shared,
  });
  // A rule that cannot be counted is a problem of its own, told beside its field.
  if (quick.isError) return null;
  const shown = isEstimate && exact.data ? { ...exact.data, isExact: true, error: 0 } : quick.data;
  const number = (value: number) => format.number(value);
  const words = shown && { count: number(shown.count), of: number(shown.of) };
  return (
    <div className={classes.count} role="status" data-testid="live-count" data-stale={quick.isFetching || undefined}>
      <div className={classes.bar} aria-hidden>
        <i style={{ width: `${shown && shown.of > 0 ? Math.max(0.5, (shown.count / shown.of) * 100) : 0}%` }} />
      </div>
      <span className={classes.words}>
        {!words
          ? c("counting")
          : shown?.isExact
            ? shown.count === 0
              ? c("nobody")
              : c("exact", words)
            : c("about", words)}
        {shown && !shown.isExact && (
          <small>{c(exact.isFetching ? "exactFollows" : "error", { error: number(shown.error) })}</small>
        )}
      </span>
      {isOfEvent && <p>{c("part")}</p>}
      {isUnfinished && <p>{c("unfinished")}</p>}
    </div>
  );
}
