"use client";
import Link from "next/link";
import { useFormatter } from "use-intl";
import type { JourneyNode } from "@/core/journey/document";
import { useT } from "../../../_i18n/use-t";
import type { Count } from "../../live/figures/counts";
import { Dot } from "../../live/figures/dot";
import { useRunsBehind } from "../../live/figures/runs-behind";
import classes from "./live-strip.module.css";

const PARTS = ["entered", "waiting", "left", "failed"] as const;

/** What passed through a node: entered, waiting, went on, failed; each number leads to its runs. */
export function LiveStrip({
  node,
  title,
  count,
  isSmall = false,
}: {
  node: JourneyNode;
  title: string;
  count: Count;
  isSmall?: boolean;
}) {
  const t = useT("designer");
  const format = useFormatter();
  const behind = useRunsBehind();
  // Nothing failed is no news; a number there is.
  const parts = isSmall ? PARTS.slice(0, 1) : PARTS.filter((part) => part !== "failed" || count.failed > 0);
  return (
    <div className={classes.strip} data-small={isSmall || undefined}>
      {parts.map((part) => {
        const what = `${t(`live_.${part}`)} ${format.number(count[part])}`;
        const shown = {
          "data-part": part,
          "data-zero": count[part] === 0 || undefined,
          "data-testid": `count-${node.id}-${part}`,
          title: what,
        };
        const number = (
          <>
            <Dot part={part} isNone={count[part] === 0} />
            {format.number(count[part], { notation: count[part] > 99_999 ? "compact" : "standard" })}
          </>
        );
        // Behind a nought there is no run.
        return count[part] === 0 ? (
          <span key={part} {...shown} className={classes.part} role="img" aria-label={`${title}: ${what}`}>
            {number}
          </span>
        ) : (
          <Link
            key={part}
            {...shown}
            href={behind.part(node, part)}
            className={`${classes.part} nodrag`}
            prefetch={false}
            aria-label={t("live_.showRuns", { name: title, what })}
          >
            {number}
          </Link>
        );
      })}
    </div>
  );
}
