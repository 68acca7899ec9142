"use client";
import Link from "next/link";
import { useLocale } from "use-intl";
import type { OfferNames } from "@/core/loyalty/offer-name";
import { useT } from "../../../_i18n/use-t";
import { CopyField } from "../../../_ui/fields/copy-field";
import { Icon } from "../../../_ui/icons";
import { useOfferName } from "../../../_ui/loyalty/offer-name";
import { Reason } from "../../../_ui/loyalty/reason";
import { Findings } from "../../../_ui/page/findings";
import { StateBadge } from "../../../_ui/page/state-badge";
import classes from "./run.module.css";
import type { RunDetail } from "./run-detail";

type Step = RunDetail["steps"][number];

/** Why a step went on as it did, and what came of it. */
export function Outcome({ step }: { step: Step }) {
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
