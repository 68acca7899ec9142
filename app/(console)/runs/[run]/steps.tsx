"use client";
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useFormatter, useLocale } from "use-intl";
import { kindOf } from "@/core/journey/registry";
import { useNameOf, useSays } from "../../../_designer/use-says";
import { useNamed } from "../../../_designer/with-shelf";
import { useT } from "../../../_i18n/use-t";
import { Reason } from "../../../_ui/loyalty/reason";
import { Findings } from "../../../_ui/page/findings";
import { useMay } from "../../../_ui/workspace";
import { type Entry, entriesOf } from "./entries";
import { InnerLine, Line } from "./line";
import { Outcome } from "./outcome";
import classes from "./run.module.css";
import type { RunDetail } from "./run-detail";

/** The way the run went: an entry for each node it came to, with its steps, each with its time, the way it went on, and why. What it does now comes last. */
export function Steps({ run }: { run: RunDetail }) {
  const t = useT("runs");
  const words = useT("lifecycle");
  const mayRetry = useMay("run.write");
  const locale = useLocale();
  const nameOf = useNameOf();
  useNamed(
    useMemo(() => [run.standsAt, run.nodeSays, ...run.steps.map(({ config, nodeSays }) => [config, nodeSays])], [run]),
  );
  const isLive = run.state === "parked" || run.state === "ready";
  const entries = useMemo(() => entriesOf(run), [run]);
  const isTold = entries.at(-1)?.isStill === true;
  return (
    <ol className={classes.steps}>
      <Line icon="bolt" family="trigger" title={run.entry?.label[locale] ?? t("begins")} at={run.enteredAt}>
        {run.entryFindings.length > 0 && <Findings findings={run.entryFindings} />}
      </Line>
      {run.isHeld && (
        <Line icon="pause" family="wait" isNow={run.state === "held"} title={t("heldBack")} at={null}>
          {t("heldBackHint")} {run.holdout?.says[locale]}
          {run.state === "held" && run.dueAt && <Until at={run.dueAt} />}
        </Line>
      )}
      {entries.map((entry) => (
        <EntryLine key={`${entry.steps[0].step}${entry.steps[0].lap}`} entry={entry} run={run} />
      ))}
      {isLive && !isTold && (
        <Line
          icon={run.state === "parked" ? "hourglass" : "play"}
          family="wait"
          isNow
          title={nameOf(run)}
          at={run.parkedAt ?? null}
        >
          {run.standsAt && <Drawn {...run.standsAt} called={nameOf(run)} />}
          <Now run={run} />
        </Line>
      )}
      {run.state === "failed" && (
        <Line icon="warning" isBad title={nameOf(run)} at={run.endedAt}>
          {run.standsAt?.does && <>{run.standsAt.does[locale]} · </>}
          <b>{t("failedHere")}</b> <Reason reason={run.reason} />
          {mayRetry && (
            <Text size="xs" c="dimmed">
              {words(run.isClosed ? "closedOne" : "retryOne")}
            </Text>
          )}
        </Line>
      )}
    </ol>
  );
}

/** That the run is here, and until when. */
function Now({ run: { state, dueAt } }: { run: RunDetail }) {
  const t = useT("runs");
  return (
    <>
      <b>{t(state === "parked" ? "waitsHere" : "standsHere")}</b>
      {state === "parked" && dueAt && <Until at={dueAt} />}
    </>
  );
}

function Until({ at }: { at: string }) {
  const t = useT("runs");
  const format = useFormatter();
  return (
    <>
      {" "}
      ·{" "}
      {t("waitsUntil", {
        at: format.dateTime(new Date(at), {
          month: "short",
          day: "numeric",
          hour: "2-digit",
          minute: "2-digit",
          hourCycle: "h23",
        }),
      })}
    </>
  );
}

function EntryLine({ entry: { steps, way, isStill }, run }: { entry: Entry; run: RunDetail }) {
  const locale = useLocale();
  const nameOf = useNameOf();
  const [first] = steps;
  const kind = first.kind ? kindOf(first.kind) : undefined;
  const name = kind ? nameOf({ ...first, nodeKind: first.kind }) : first.title[locale];
  return (
    <Line
      icon={kind?.icon ?? "flag"}
      {...(kind && { family: kind.family })}
      isNow={isStill}
      title={name}
      at={first.does === null ? first.at : null}
      port={way?.[locale]}
      lap={first.lap}
    >
      {kind && first.config !== null && steps.every(({ sent }) => sent.length === 0) && (
        <Drawn kind={first.kind ?? ""} config={first.config} called={name} />
      )}
      {first.does === null ? (
        <Outcome step={first} />
      ) : (
        <ol className={classes.inner}>
          {steps.map((step) => (
            <InnerLine key={step.step} does={step.does?.[locale]} way={step.way?.[locale]} at={step.at}>
              <Outcome step={step} />
            </InnerLine>
          ))}
          {isStill && (
            <InnerLine does={run.standsAt?.does?.[locale]} at={run.parkedAt}>
              <Now run={run} />
            </InnerLine>
          )}
        </ol>
      )}
    </Line>
  );
}

/** What the node is drawn to do, as its card says it, unless it is called by just that. */
function Drawn({ kind, config, called }: { kind: string; config: Record<string, unknown>; called: string }) {
  const says = useSays();
  const line = says({ kind, config })
    .map(({ text }) => text)
    .join("");
  return line && !called.endsWith(line) ? <div className={classes.drawn}>{line}</div> : null;
}
