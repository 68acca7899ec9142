"use client";
import { Text } from "@mantine/core";
import Link from "next/link";
import { useMemo } from "react";
import { useFormatter, useLocale } from "use-intl";
import type { Family } from "@/core/journey/kind";
import { kindOf } from "@/core/journey/registry";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { useNameOf, useSays } from "../../../_designer/use-says";
import { useNamed } from "../../../_designer/with-shelf";
import { useT } from "../../../_i18n/use-t";
import { CopyField } from "../../../_ui/fields/copy-field";
import { Icon, type IconName } from "../../../_ui/icons";
import { useOfferName } from "../../../_ui/loyalty/offer-name";
import { Reason } from "../../../_ui/loyalty/reason";
import { Findings } from "../../../_ui/page/findings";
import { StateBadge } from "../../../_ui/page/state-badge";
import { When } from "../../../_ui/time/when";
import { useMay } from "../../../_ui/workspace";
import { type Entry, entriesOf } from "./entries";
import classes from "./run.module.css";
import type { RunDetail } from "./run-detail";

type Step = RunDetail["steps"][number];

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
          {t("heldBackHint")}
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
        <Decided step={first} />
      ) : (
        <ol className={classes.inner}>
          {steps.map((step) => (
            <InnerLine key={step.step} does={step.does?.[locale]} way={step.way?.[locale]} at={step.at}>
              <Decided step={step} />
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

/** One step of several inside a node. */
function InnerLine({
  does,
  way,
  at,
  children,
}: {
  does: string | undefined;
  way?: string | undefined;
  at: string | null;
  children: React.ReactNode;
}) {
  return (
    <li>
      <div className={classes.title}>
        <span className={classes.does}>{does}</span>
        {way && <Way>{way}</Way>}
        <Text size="xs" c="dimmed" className={classes.innerTime}>
          <When at={at} exact empty="" />
        </Text>
      </div>
      <div>{children}</div>
    </li>
  );
}

/** Why a step went on as it did, and what came of it. */
function Decided({ step }: { step: Step }) {
  const locale = useLocale();
  return (
    <>
      {step.says?.[locale]}
      <Findings findings={step.findings} />
      {step.gave && <Gave gave={step.gave} />}
      {step.called && <CalledLine called={step.called} />}
      {step.asked && <AskedLine asked={step.asked} />}
      {step.sent.map((message) => (
        <SentLine key={message.id} message={message} />
      ))}
    </>
  );
}

const Way = ({ children }: { children: string }) => (
  <span className={classes.port}>
    <Icon name="go" size={13} />
    {children}
  </span>
);

/** What the node is drawn to do, as its card says it, unless it is called by just that. */
function Drawn({ kind, config, called }: { kind: string; config: Record<string, unknown>; called: string }) {
  const says = useSays();
  const line = says({ kind, config })
    .map(({ text }) => text)
    .join("");
  return line && !called.endsWith(line) ? <div className={classes.drawn}>{line}</div> : null;
}

/** A message of the step, and what has become of it by now. */
function SentLine({ message: { id, channel, state, reason, words } }: { message: Step["sent"][number] }) {
  const states = useT("states");
  return (
    <Link href={`/messages?view=all&message=${id}`} className={classes.sent}>
      <Icon name={channel} size={15} />
      {states(`channel.${channel}`)}
      {words && (
        <q className={classes.words} title={words}>
          {words}
        </q>
      )}
      <StateBadge of="message" state={state} />
      {reason && <Reason reason={reason} />}
    </Link>
  );
}

/** A webhook of the step, and what has become of it by now. */
function CalledLine({ called: { host, state, reason, attempts } }: { called: NonNullable<Step["called"]> }) {
  const t = useT("runs");
  return (
    <div className={classes.called}>
      <Icon name="webhook" size={15} />
      {host}
      <StateBadge of="webhook" state={state} />
      {state !== "done" && reason && <Reason reason={reason} />}
      {attempts > 1 && <span>{t("attempts", { count: attempts })}</span>}
    </div>
  );
}

/** What the step asked of somebody, and what has come of it by now. */
function AskedLine({ asked: { id, kind, state, title, note, answers } }: { asked: NonNullable<Step["asked"]> }) {
  const locale = useLocale();
  return (
    <>
      <Link href={`/tasks/${id}`} className={classes.sent}>
        <Icon name={kind} size={15} />
        {title}
        <StateBadge of="task" state={state} />
        {note && (
          <q className={classes.words} title={note}>
            {note}
          </q>
        )}
      </Link>
      {answers.length > 0 && (
        <dl className={classes.answers}>
          {answers.map(({ id: question, question: asked, answer }) => (
            <div key={question}>
              <dt>{asked[locale]}</dt>
              <dd>{answer[locale]}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** What the step's effects gave, read from the run's own record. */
function Gave({ gave }: { gave: Record<string, unknown> }) {
  const t = useT("runs");
  const offerName = useOfferName();
  return (
    <ul className={classes.gave}>
      {givenCoupons(gave.coupon).map((coupon) => (
        <li key={coupon.code}>
          <Icon name="coupon" size={15} />
          {offerName(coupon)} <CopyField value={coupon.code} label={t("coupon")} />
        </li>
      ))}
      {typeof gave.points === "number" && (
        <li>
          <Icon name="points" size={15} />
          {t("gavePoints", { points: gave.points })}
        </li>
      )}
    </ul>
  );
}

type GivenCoupon = { code: string; name: string; names?: OfferNames };

/** As the run keeps them: the last, and with it those that the same reward gave before. */
function givenCoupons(kept: unknown): GivenCoupon[] {
  const isCoupon = (value: unknown): value is GivenCoupon & { with?: unknown } =>
    typeof value === "object" && value !== null && "code" in value && "name" in value;
  if (!isCoupon(kept)) return [];
  return [...(Array.isArray(kept.with) ? kept.with.filter(isCoupon) : []), kept];
}

function Line({
  icon,
  family,
  title,
  at,
  port,
  lap = 0,
  isNow = false,
  isBad = false,
  children,
}: {
  icon: IconName;
  family?: Family;
  title: string;
  at: string | null;
  port?: string | undefined;
  lap?: number;
  isNow?: boolean;
  isBad?: boolean;
  children?: React.ReactNode;
}) {
  const t = useT("runs");
  return (
    <li className={classes.step} data-now={isNow || undefined} data-bad={isBad || undefined}>
      <span className={classes.icon} data-family={family}>
        <Icon name={icon} size={17} />
      </span>
      <div className={classes.body}>
        <div className={classes.title}>
          <b>{title}</b>
          {port && <Way>{port}</Way>}
          {lap > 0 && <span className={classes.lap}>{t("lap", { lap: String(lap + 1) })}</span>}
        </div>
        {children && <div className={classes.why}>{children}</div>}
      </div>
      <Text size="xs" c="dimmed" className={classes.time}>
        <When at={at} exact empty="" />
      </Text>
    </li>
  );
}
