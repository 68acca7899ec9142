"use client";
import { Text } from "@mantine/core";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { useWorkspace } from "../../../_ui/workspace";
import type { Audience } from "../../live/figures/use-audience";
import { money } from "../../money";
import { useShelf } from "../../shelf";
import { useDesigner } from "../../store/use-designer";
import classes from "../panels.module.css";

/** What one member's run can cost at most, and all of those who are foreseen. A journey that gives and sends nothing costs nothing to tell. */
export function PublishCost({
  most,
  runs,
  of,
}: {
  most: NonNullable<Audience["most"]>;
  runs: number;
  /** Members who match now, or events of 30 days, all of them or so many as are known. */
  of: "members" | "events" | "knownEvents";
}) {
  const t = useT("designerBroadcasts");
  const format = useFormatter();
  const { currency } = useWorkspace();
  const { locale } = useShelf();
  const budget = useDesigner((state) => state.document.settings.budget);
  if (most.coupons + most.points + most.messages === 0) return null;
  const parts = [
    most.coupons > 0 && t("cost.coupons", { count: most.coupons }),
    most.points > 0 && t("cost.points", { count: most.points }),
    most.messages > 0 && t("cost.messages", { count: most.messages }),
  ].filter(Boolean);
  const each = money(most.money, currency, locale);
  const all = money(most.money * runs, currency, locale);
  const notes = [
    most.isOpen && t("cost.open"),
    most.isUnpriced && t("cost.unpriced"),
    most.mayRepeat && t("cost.repeats"),
    budget !== undefined && t("cost.budget", { amount: money(budget, currency, locale) }),
  ].filter(Boolean);
  return (
    <section className={classes.moves} aria-label={t("cost.label")} data-testid="publish-cost">
      <Text size="sm" fw={600}>
        {t("cost.label")}
      </Text>
      <Text size="sm" role="status">
        {t("cost.each", { parts: parts.join(" · ") })} {most.money > 0 && t("cost.worth", { amount: each })}
      </Text>
      {most.money > 0 && runs > 0 && (
        <Text size="sm">
          {of === "members"
            ? t("cost.all", { count: runs, amount: all })
            : t(of === "events" ? "cost.month" : "cost.known", { count: format.number(runs), amount: all })}
        </Text>
      )}
      {notes.length > 0 && (
        <Text size="xs" c="dimmed">
          {notes.join(" ")}
        </Text>
      )}
    </section>
  );
}
