"use client";
import Link from "next/link";
import { useFormatter } from "use-intl";
import type { JourneyNode } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { useT } from "../../../_i18n/use-t";
import type { Count } from "../../live/counts";
import { Dot } from "../../live/dot";
import { useJourneyId } from "../../store/journey-id";
import classes from "./live-strip.module.css";

const PARTS = [
  { key: "entered", state: undefined },
  { key: "waiting", state: "live" },
  { key: "left", state: undefined },
  { key: "failed", state: "failed" },
] as const;

/**
 * What passed through a node: entered, waiting, went on, failed. Who waits or failed here is here still: these numbers lead to their runs.
 * Who has gone on stands elsewhere, so the other numbers are only read.
 */
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
  const journey = useJourneyId();
  // Nothing failed is no news; a number there is.
  const parts = isSmall ? PARTS.slice(0, 1) : PARTS.filter(({ key }) => key !== "failed" || count.failed > 0);
  return (
    <div className={classes.strip} data-small={isSmall || undefined}>
      {parts.map(({ key, state }) => {
        const what = `${t(`live_.${key}`)} ${format.number(count[key])}`;
        const number = (
          <>
            <Dot part={key} isNone={count[key] === 0} />
            {format.number(count[key], { notation: count[key] > 99_999 ? "compact" : "standard" })}
          </>
        );
        const shown = {
          "data-part": key,
          "data-zero": count[key] === 0 || undefined,
          "data-testid": `count-${node.id}-${key}`,
          title: what,
        };
        if (!state)
          return (
            <span key={key} {...shown} className={classes.part} role="img" aria-label={`${title}: ${what}`}>
              {number}
            </span>
          );
        const query = new URLSearchParams({ journey, node: rootOf(node), state });
        return (
          <Link
            key={key}
            {...shown}
            href={`/runs?${query}`}
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
