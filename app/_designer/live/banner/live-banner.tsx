"use client";
import { Button, SegmentedControl } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { useFormatter } from "use-intl";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useMoney } from "../../../_ui/loyalty/money";
import { isSendable } from "../../../_ui/test-event/sample";
import { TestEvent } from "../../../_ui/test-event/test-event";
import { useMay } from "../../../_ui/workspace";
import type { Window } from "../../api";
import { entryEvent } from "../../fields/rule-scope";
import { drawn } from "../../store/designer";
import { useJourneyId } from "../../store/journey-id";
import { useDesigner } from "../../store/use-designer";
import type { Counts } from "../figures/counts";
import { Arms } from "./arms";
import { Legend } from "./legend";
import classes from "./live.module.css";

const WINDOWS = ["hour", "day", "all"] as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const DAY_AND_CLOCK = { weekday: "short", ...CLOCK } as const;

/** The whole journey's numbers, over which time they are counted, and whether they come by themselves. */
export function LiveBanner({
  total,
  since,
  version,
  isStreaming,
  window,
  onWindow,
}: {
  total: Counts["total"];
  since: Counts["since"];
  version: number | null;
  isStreaming: boolean;
  window: Window;
  onWindow(window: Window): void;
}) {
  const t = useT("designer");
  const live = useT("designerLive");
  const format = useFormatter();
  const money = useMoney();
  const journey = useJourneyId();
  const events = useT("events");
  const mayTest = useMay("event.write");
  const event = useDesigner((state) => entryEvent(drawn(state)));
  const hasGoal = useDesigner((state) => drawn(state).goal !== undefined);
  const [isTesting, setTesting] = useState(false);
  // What came about is of the span that is counted; who stands there stands there now.
  const moved = since !== null && { since };
  const parts = [
    { key: "entered", name: t("live_.entered"), count: total.entered, of: moved },
    { key: "waiting", name: t("live_.onTheWay"), count: total.waiting, of: { state: "live" } },
    { key: "goal", name: t("live_.goal"), count: total.goal, of: { state: "goal", ...moved } },
    { key: "failed", name: t("live_.failed"), count: total.failed, of: { state: "failed" } },
  ];
  return (
    <section className={classes.live} data-streaming={isStreaming || undefined} aria-label={t("live")}>
      <div className={classes.head}>
        <i />
        {version !== null && t("live_.walking", { version: String(version) })}
      </div>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t("live_.window")}
        data={WINDOWS.map((value) => ({ value, label: t(`live_.windows.${value}`) }))}
        value={window}
        onChange={(next) => {
          for (const one of WINDOWS) if (one === next) onWindow(one);
        }}
        data-testid="live-window"
      />
      {since !== null && window !== "all" && (
        <p className={classes.since} data-testid="live-since">
          {t("live_.since", { at: format.dateTime(new Date(since), window === "hour" ? CLOCK : DAY_AND_CLOCK) })}
        </p>
      )}
      <div role="status" data-testid="live-total">
        <dl className={classes.numbers}>
          {parts.map(({ key, name, count, of }) => (
            <div key={key} data-part={key} data-none={count === 0 || undefined}>
              <dt>{name}</dt>
              <dd>
                <Link
                  href={`/runs?${new URLSearchParams({ journey, ...of })}`}
                  prefetch={false}
                  aria-label={t("live_.showAll", { what: `${name} ${format.number(count)}` })}
                  data-testid={`total-${key}`}
                >
                  {format.number(count)}
                </Link>
              </dd>
            </div>
          ))}
          {total.held > 0 && (
            <div data-part="held" title={live("heldOutHint")}>
              <dt>{live("heldOut")}</dt>
              <dd data-testid="total-held">{format.number(total.held)}</dd>
            </div>
          )}
          {total.worth > 0 && (
            <div data-part="worth" title={t("live_.worthHint")}>
              <dt>{t("live_.worth")}</dt>
              <dd>{money(total.worth, { short: true })}</dd>
            </div>
          )}
        </dl>
        {window === "all" && hasGoal && <Arms total={total} />}
        {total.entered + total.waiting + total.held === 0 && window === "all" && (
          <p className={classes.none}>{t("live_.none")}</p>
        )}
      </div>
      {mayTest && event !== undefined && isSendable(event) && (
        <>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<Icon name="send" size={14} />}
            onClick={() => setTesting(true)}
            data-testid="test-event"
          >
            {events("test")}
          </Button>
          <TestEvent event={isTesting ? event : null} zIndex={300} onClose={() => setTesting(false)} />
        </>
      )}
      <Legend />
    </section>
  );
}
