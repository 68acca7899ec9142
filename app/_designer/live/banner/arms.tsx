"use client";
import { useFormatter, useLocale } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import type { Counts } from "../figures/counts";
import { sayShare } from "../figures/say-share";
import classes from "./live.module.css";

/** How many of those let in reached the goal, beside those whom a holdout keeps out; nothing where none is kept out. */
export function Arms({ total }: { total: Pick<Counts["total"], "entered" | "goal" | "held" | "heldGoal"> }) {
  const t = useT("designerLive");
  const format = useFormatter();
  const locale = useLocale();
  if (total.held === 0) return null;
  const arms = [
    { key: "letIn", name: t("letIn"), goal: total.goal, all: total.entered },
    { key: "heldOut", name: t("heldOut"), goal: total.heldGoal, all: total.held },
  ];
  return (
    <section className={classes.arms} aria-label={t("arms")} data-testid="live-arms">
      <p className={classes.since}>{t("arms")}</p>
      <dl className={classes.numbers}>
        {arms.map(({ key, name, goal, all }) => (
          <div key={key} data-arm={key}>
            <dt>
              {name}
              <small>{t("armRate", { goal: format.number(goal), all: format.number(all) })}</small>
            </dt>
            <dd>{all > 0 ? sayShare(goal / all, locale) : "–"}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
