"use client";
import { Button, Group, Progress } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { StateBadge } from "../../_ui/page/state-badge";
import { INSTANT } from "../../_ui/time/instant";
import { When } from "../../_ui/time/when";
import type { Broadcast } from "../live/figures/broadcast";
import { look, minutesLeft, perMinute, type Sample } from "../live/figures/pace";
import classes from "./broadcasts.module.css";

type Verb = "pause" | "resume" | "cancel";

/** One broadcast: its state, how many of its audience entered, at what pace, and its buttons. */
export function BroadcastLine({
  broadcast,
  seenAt,
  may,
  onAct,
}: {
  broadcast: Broadcast;
  /** When these numbers were read (epoch milliseconds). */
  seenAt: number;
  may: boolean;
  onAct(verb: Verb): Promise<boolean>;
}) {
  const t = useT("designerBroadcasts");
  const format = useFormatter();
  const { state, entered, audienceSize, startsAt, nextAt, startedAt, endedAt } = broadcast;
  const pace = usePace(state === "running", entered, seenAt);
  const [isSure, setSure] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isOpen = state === "waiting" || state === "running" || state === "paused";
  const of = audienceSize ?? 0;
  const left = minutesLeft(pace, { entered, of });
  const said = (at: string) => format.dateTime(new Date(at), INSTANT);
  const at = said(startsAt);
  // Of a schedule that goes on behind it only this round is called off.
  const off =
    nextAt === null
      ? { name: t("cancel"), sure: t("cancelSure"), keep: t("keep") }
      : { name: t("leaveOut"), sure: t("leaveOutSure", { at: said(nextAt) }), keep: t("keepRound") };
  const act = async (verb: Verb) => {
    setBusy(true);
    await onAct(verb);
    setBusy(false);
    setSure(false);
  };
  const button = (verb: Verb, name: string, color?: string) => (
    <Button
      size="compact-xs"
      variant={verb === "resume" ? "light" : "default"}
      {...(color && { color, variant: "light" })}
      loading={isBusy}
      aria-label={t("of", { verb: name, at })}
      onClick={() => (verb === "cancel" && !isSure ? setSure(true) : void act(verb))}
      data-testid={`broadcast-${verb}`}
    >
      {name}
    </Button>
  );
  return (
    <li className={classes.line} data-testid="broadcast" data-state={state}>
      <div className={classes.top}>
        <StateBadge of="broadcast" state={state} />
        <span className={classes.when}>
          {state === "waiting" ? (
            <>
              {t("begins")} <When at={startsAt} exact />
            </>
          ) : (
            <When at={endedAt ?? startedAt ?? startsAt} />
          )}
        </span>
      </div>
      {broadcast.isSegmentBuilding && (
        <p className={classes.note} role="status" data-testid="broadcast-building">
          {t("building")}
        </p>
      )}
      {startedAt !== null && (
        <>
          <Progress
            size={6}
            value={state === "done" ? 100 : of === 0 ? 0 : Math.min(100, (entered / of) * 100)}
            color={state === "done" ? "var(--tone-ok)" : state === "running" ? "var(--tone-busy)" : "var(--tone-quiet)"}
            aria-label={t("progress")}
          />
          <div className={classes.numbers}>
            <b>
              {audienceSize === null
                ? t("enteredOnly", { entered: format.number(entered) })
                : t("entered", { entered: format.number(entered), of: format.number(of) })}
            </b>
            {state === "running" && pace !== undefined && (
              <span>
                {t("rate", { rate: format.number(Math.round(pace)) })}
                {left !== undefined && ` · ${t("left", { minutes: left })}`}
              </span>
            )}
          </div>
        </>
      )}
      {may && isOpen && (
        <Group gap={6} mt={4}>
          {isSure ? (
            <>
              {button("cancel", off.sure, "danger")}
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setSure(false)}>
                {off.keep}
              </Button>
            </>
          ) : (
            <>
              {state === "paused" ? button("resume", t("resume")) : button("pause", t("pause"))}
              {button("cancel", off.name)}
            </>
          )}
        </Group>
      )}
    </li>
  );
}

/** Members a minute as they were seen to enter, of the last minute. */
function usePace(isRunning: boolean, entered: number, at: number): number | undefined {
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => {
    setSamples((known) => (isRunning ? look(known, { at, entered }) : []));
  }, [at, entered, isRunning]);
  return perMinute(samples);
}
