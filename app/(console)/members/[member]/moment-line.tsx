"use client";
import { Text } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useLocale } from "use-intl";
import { valueName } from "@/core/events/value-names";
import { OfferNames } from "@/core/loyalty/offer-name";
import { useT } from "../../../_i18n/use-t";
import { Properties } from "../../../_ui/fields/properties";
import { Icon, type IconName } from "../../../_ui/icons";
import { useEventName } from "../../../_ui/loyalty/event-name";
import { useMoney } from "../../../_ui/loyalty/money";
import { useOfferName } from "../../../_ui/loyalty/offer-name";
import { Reason } from "../../../_ui/loyalty/reason";
import { sourceName } from "../../../_ui/names/source-name";
import { Badge, StateBadge } from "../../../_ui/page/state-badge";
import type { Tone } from "../../../_ui/theme";
import { When } from "../../../_ui/time/when";
import classes from "./member.module.css";
import type { TimelineMoment } from "./timeline-moment";

type Said = { icon: IconName; tone: Tone; title: ReactNode; badge?: ReactNode; more?: ReactNode };

/** One line of the timeline, in words. */
export function MomentLine({ moment }: { moment: TimelineMoment }) {
  const { icon, tone, title, badge, more } = useSaid()(moment);
  return (
    <li className={classes.moment}>
      <span className={classes.momentIcon} data-tone={tone}>
        <Icon name={icon} size={16} />
      </span>
      <div className={classes.momentText}>
        <div className={classes.momentTitle}>
          {title}
          {badge}
        </div>
        {more && (
          <Text size="xs" c="dimmed" component="div">
            {more}
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" className={classes.momentTime}>
        <When at={moment.at} />
      </Text>
    </li>
  );
}

// The detail's shape depends on the kind and comes as JSON: read what is there, show nothing where it is not.
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

function useSaid(): (moment: TimelineMoment) => Said {
  const t = useT("members");
  const states = useT("states");
  const format = useFormatter();
  const locale = useLocale();
  const money = useMoney();
  const eventName = useEventName();
  const offerName = useOfferName();
  const offerOf = ({ name, names }: TimelineMoment["detail"]) =>
    offerName({ name: text(name) ?? "", names: OfferNames.safeParse(names).data ?? {} });
  const channelName = (channel: unknown): string =>
    channel === "sms" || channel === "email" || channel === "push"
      ? states(`channel.${channel}`)
      : (text(channel) ?? "");
  const day = (at: string) => format.dateTime(new Date(at), { year: "numeric", month: "short", day: "numeric" });
  return ({ what, id, detail: d }) => {
    switch (what) {
      case "event":
        return {
          icon: "bolt",
          tone: "quiet",
          title: eventName(text(d.name) ?? ""),
          badge: d.isHistorical === true && <Badge dot={false}>{t("historical")}</Badge>,
          more: <Properties event={text(d.name) ?? ""} values={d.properties} />,
        };
      case "coupon":
        return {
          icon: "coupon",
          tone: "ok",
          title: linked(d.run, t("mIssued", { name: offerOf(d) })),
          badge: <StateBadge of="coupon" state={text(d.state) ?? ""} />,
          more: [text(d.code), text(d.expiresAt) && t("expires", { at: day(String(d.expiresAt)) })]
            .filter(Boolean)
            .join(" · "),
        };
      case "redemption":
        return {
          icon: "check",
          tone: d.state === "cancelled" ? "quiet" : "ok",
          title: t(d.state === "cancelled" ? "mUsedCancelled" : "mUsed", { name: offerOf(d) }),
          more: [
            t("mSaved", { discount: money(number(d.discount)), amount: money(number(d.amount)) }),
            text(d.orderRef),
          ]
            .filter(Boolean)
            .join(" · "),
        };
      case "points": {
        const reason = text(d.reason) ?? "";
        const says = { earn: "mEarned", spend: "mSpent", expire: "mExpired", merge: "mMerged" } as const;
        const key = says[(text(d.kind) ?? "earn") as keyof typeof says] ?? "mEarned";
        return {
          icon: "points",
          tone: number(d.points) >= 0 ? "ok" : "quiet",
          title: linked(d.run, t(key, { points: Math.abs(number(d.points)) })),
          more: `${valueName("reason", reason)?.[locale] ?? reason} · ${t("mBalance", { balance: format.number(number(d.balance)) })}`,
        };
      }
      case "consent":
        return {
          icon: d.isGranted === true ? "check" : "close",
          tone: d.isGranted === true ? "ok" : "warn",
          title: t(
            d.isGranted === true ? "mConsentGiven" : d.wasGranted === true ? "mConsentWithdrawn" : "mConsentRefused",
            { channel: channelName(d.channel) },
          ),
          more: sourceName(states, eventName, text(d.source) ?? ""),
        };
      case "message": {
        const channel = text(d.channel);
        const name = channelName(channel);
        const address = text(d.address);
        return {
          icon: channel === "sms" || channel === "email" || channel === "push" ? channel : "send",
          tone: d.state === "failed" ? "bad" : "busy",
          title: linked(
            d.run,
            address && channel !== "push"
              ? t("mMessage", { channel: name, address })
              : t("mMessageNoAddress", { channel: name }),
          ),
          badge: <StateBadge of="message" state={text(d.state) ?? ""} />,
          more: text(d.reason) ? (
            <Reason reason={text(d.reason)} />
          ) : (
            [d.openedAt ? t("opened") : null, d.clickedAt ? t("clicked") : null].filter(Boolean).join(" · ")
          ),
        };
      }
      case "webhook":
        return {
          icon: "webhook",
          tone: d.state === "failed" ? "bad" : "busy",
          title: linked(d.run, t("mWebhook", { host: text(d.host) ?? "" })),
          badge: <StateBadge of="webhook" state={text(d.state) ?? ""} />,
          more: d.state !== "done" && text(d.reason) ? <Reason reason={text(d.reason)} /> : undefined,
        };
      case "run":
        return {
          icon: "journey",
          tone: "busy",
          title: (
            <Link href={`/runs/${id}`} className={classes.momentLink}>
              {t("mRun", { name: text(d.name) ?? "" })}
            </Link>
          ),
          badge: <StateBadge of="run" state={text(d.state) ?? ""} />,
          more: text(d.reason) ? <Reason reason={text(d.reason)} /> : undefined,
        };
      default:
        return what satisfies never;
    }
  };
}

const linked = (run: unknown, title: string): ReactNode =>
  text(run) ? (
    <Link href={`/runs/${text(run)}`} className={classes.momentLink}>
      {title}
    </Link>
  ) : (
    title
  );
