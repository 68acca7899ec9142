"use client";
import { Button } from "@mantine/core";
import { useT } from "../../_i18n/use-t";
import { EmptyState } from "../../_ui/page/empty-state";
import { LinkButton } from "../../_ui/page/link-button";
import { NoMatch } from "../../_ui/page/no-match";

/** What an empty list says: nothing so far, no failure, nothing that fits, or no run at all; each with what can be done next. */
export function NoRuns({
  narrowing,
  onLookOn,
  isLooking,
  onAll,
}: {
  /** The filters that are set, and those that are not. */
  narrowing: Record<string, string | null>;
  /** More of the workspace's runs can be looked through. */
  onLookOn: (() => void) | undefined;
  isLooking: boolean;
  /** Shows all runs. */
  onAll(): void;
}) {
  const t = useT("runs");
  const isOnlyFailed = Object.entries(narrowing).every(
    ([name, value]) => value === (name === "state" ? "failed" : null),
  );
  const isFiltered = Object.values(narrowing).some(Boolean);
  if (onLookOn)
    return (
      <EmptyState
        icon="search"
        title={t("noneYet")}
        action={
          <Button variant="default" loading={isLooking} onClick={onLookOn}>
            {t("lookOn")}
          </Button>
        }
      >
        {t("noneYetHint")}
      </EmptyState>
    );
  if (isOnlyFailed)
    return (
      <EmptyState
        icon="check"
        title={t("noneFailed")}
        action={
          <Button variant="default" onClick={onAll}>
            {t("allRuns")}
          </Button>
        }
      >
        {t("noneFailedHint")}
      </EmptyState>
    );
  if (isFiltered) return <NoMatch onClear={onAll} />;
  return (
    <EmptyState
      icon="runs"
      title={t("emptyTitle")}
      action={<LinkButton href="/journeys">{t("toJourneys")}</LinkButton>}
    >
      {t("empty")}
    </EmptyState>
  );
}
